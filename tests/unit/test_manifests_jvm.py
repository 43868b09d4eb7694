"""Build files of the JVM: a further dependency, and the versions that a build gives to others."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest

from apimod.errors import Refused
from apimod.manifests import add_dependency
from apimod.manifests.jvm import completed, dependencies

POM = """\
<?xml version="1.0"?>
<project>
\t<parent>
\t\t<groupId>org.acme.boot</groupId>
\t\t<artifactId>parent</artifactId>
\t\t<version>${boot}</version>
\t</parent>
\t<properties><boot>3.3.5</boot></properties>
\t<dependencyManagement>
\t\t<dependencies>
\t\t\t<dependency><groupId>x</groupId><artifactId>managed</artifactId><version>1</version></dependency>
\t\t</dependencies>
\t</dependencyManagement>
\t<dependencies>
\t\t<!-- <dependency> -->
\t\t<dependency>
\t\t\t<groupId>org.acme.boot</groupId>
\t\t\t<artifactId>web</artifactId>
\t\t</dependency>
\t\t<dependency>
\t\t\t<groupId>org.db</groupId>
\t\t\t<artifactId>driver</artifactId>
\t\t\t<version>2.0</version>
\t\t\t<scope>runtime</scope>
\t\t</dependency>
\t\t<dependency>
\t\t\t<groupId>org.acme.boot</groupId>
\t\t\t<artifactId>test</artifactId>
\t\t\t<scope>test</scope>
\t\t</dependency>
\t</dependencies>
</project>
"""


def added(file: str, text: str, name: str, version: str = "") -> str:
    """Return the text with the dependency; a second time must change nothing."""
    data = text.encode()
    for at, new in add_dependency(file, text, name, version):
        data = data[:at] + new + data[at:]
    again = data.decode()
    assert add_dependency(file, again, name, version) == []
    return again


def test_a_managed_group_needs_no_version() -> None:
    new = added("pom.xml", POM, "org.acme.boot:validation", "1.0")
    assert (
        "<artifactId>web</artifactId>\n\t\t</dependency>\n\t\t<dependency>\n"
        "\t\t\t<groupId>org.acme.boot</groupId>\n\t\t\t<artifactId>validation</artifactId>\n"
        "\t\t</dependency>\n\t\t<dependency>\n\t\t\t<groupId>org.db<"
    ) in new


def test_a_version_and_a_scope() -> None:
    new = added("pom.xml", POM, "org.db:pool@runtime", "")
    assert (
        "<artifactId>pool</artifactId>\n\t\t\t<version>2.0</version>\n\t\t\t<scope>runtime</scope>"
    ) in new
    new = added("pom.xml", POM.replace("\n", "\r\n"), "com.x:y", "1.5")
    assert "<artifactId>y</artifactId>\r\n\t\t\t<version>1.5</version>\r\n\t\t</dependency>" in new


def test_elements_on_one_line_stay_so() -> None:
    one = "<project><dependencies>\n  <dependency><groupId>a</groupId><artifactId>b</artifactId></dependency>\n</dependencies></project>\n"
    assert (
        "</dependency>\n  <dependency><groupId>a</groupId><artifactId>c</artifactId></dependency>\n</dep"
        in added("pom.xml", one, "a:c")
    )


GROOVY = """\
buildscript {
    dependencies {
        classpath 'a:plugin:1'
    }
}
plugins {
    id 'org.acme.boot' version '3.3.5'
}
dependencies {
    // implementation 'x:y:1'
    implementation 'org.acme.boot:web'
    implementation('org.acme:closured:1.0') {
        exclude group: 'z'
    }
    runtimeOnly 'org.db:driver:2.0' // fast
    testImplementation 'org.acme.boot:test'
}
"""
KOTLIN = """\
dependencies {
\timplementation("org.acme.boot:web")
\ttestImplementation("org.acme.boot:test")
}
"""


@pytest.mark.parametrize(
    ("file", "text", "name", "line"),
    [
        (
            "build.gradle",
            GROOVY,
            "org.acme.boot:validation",
            "web'\n    implementation 'org.acme.boot:validation'\n    implementation('org.acme:closured",
        ),
        (
            "build.gradle",
            GROOVY,
            "org.db:pool@runtime",
            "// fast\n    runtimeOnly 'org.db:pool:2.0'\n    test",
        ),
        (
            "build.gradle.kts",
            KOTLIN,
            "com.x:y",
            'web")\n\timplementation("com.x:y:1.5")\n\ttest',
        ),
    ],
)
def test_gradle(file: str, text: str, name: str, line: str) -> None:
    version = "1.5" if name == "com.x:y" else ""
    assert line in added(file, text, name, version)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pom.xml", "<project></project>"),
        ("pom.xml", "<project><dependencies>"),
        ("pom.xml", ""),
        ("build.gradle", "dependencies {\n    implementation libs.web\n}\n"),
        ("build.gradle", "subprojects {\n    dependencies {\n        api 'a:b:1'\n    }\n}\n"),
        ("build.gradle.kts", ""),
    ],
)
def test_what_shows_no_form_is_refused(file: str, text: str) -> None:
    with pytest.raises(Refused) as error:
        add_dependency(file, text, "a:c", "1")
    assert file == "pom.xml" or "a:c:1" in str(error.value.snippet)


def versions(tmp_path: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    manifest = next(iter(files)).replace("__", "/").replace("_", ".")
    found = list(dependencies((tmp_path / manifest).read_text(), manifest))
    return {d.name: d.constraint for d in completed(tmp_path, found, (manifest,))}


def test_a_parent_gives_versions(tmp_path: Path) -> None:
    found = versions(tmp_path, pom_xml=POM)
    assert found["org-acme-boot:web"] == "3.3.5"
    assert found["org-db:driver"] == "2.0"


def test_a_plugin_and_a_platform_give_versions(tmp_path: Path) -> None:
    text = (
        GROOVY
        + "ext { v = '7.1' }\ndependencies { implementation platform(\"org.bom:all:$v\")\nimplementation 'org.bom:one' }\n"
    )
    found = versions(tmp_path, build_gradle=text)
    assert found["org-acme-boot:web"] == "3.3.5"
    assert found["org-bom:one"] == "7.1"


def test_a_catalog_gives_versions_to_plugins(tmp_path: Path) -> None:
    build = "plugins { alias(libs.plugins.acme.boot) }\ndependencies { implementation 'org.acme.boot:web' }\n"
    catalog = '[versions]\nboot = "3.2.1"\n[plugins]\nacme-boot = { id = "org.acme.boot", version.ref = "boot" }\n'
    found = versions(tmp_path, build_gradle=build, gradle__libs_versions_toml=catalog)
    assert found["org-acme-boot:web"] == "3.2.1"
