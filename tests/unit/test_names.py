"""Words, cases, the two numbers, and what may name a resource."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apimod import names
from apimod.errors import UsageError

NUMBERS = """
user/users status/statuses address/addresses person/people child/children category/categories
analysis/analyses series/series news/news equipment/equipment data/data index/indexes half/halves
leaf/leaves hero/heroes photo/photos box/boxes quiz/quizzes tax/taxes branch/branches house/houses
cause/causes warehouse/warehouses bonus/bonuses virus/viruses campus/campuses case/cases
database/databases purchase/purchases release/releases alias/aliases bias/biases canvas/canvases
course/courses license/licenses expense/expenses response/responses lens/lenses movie/movies
cookie/cookies query/queries tie/ties company/companies day/days key/keys survey/surveys
archive/archives drive/drives olive/olives cache/caches size/sizes prize/prizes shoe/shoes
potato/potatoes video/videos menu/menus api/apis taxi/taxis salesman/salesmen human/humans
class/classes process/processes business/businesses match/matches dish/dishes buzz/buzzes use/uses
exercise/exercises invoice/invoices price/prices image/images note/notes role/roles fee/fees
employee/employees degree/degrees pie/pies axis/axes crisis/crises metropolis/metropolises
camera/cameras quota/quotas sale/sales bus/buses gas/gases octopus/octopuses stomach/stomachs
woman/women journey/journeys criterion/criteria matrix/matrices recipe/recipes specimen/specimens
regimen/regimens studio/studios device/devices base/bases phase/phases dose/doses purpose/purposes
access/access cpu/cpus sku/skus hash/hashes batch/batches fax/faxes topaz/topazes chef/chefs
belief/beliefs proof/proofs staff/staff wave/waves glove/gloves logo/logos cargo/cargoes tree/trees
byte/bytes site/sites theme/themes tech/techs id/ids url/urls vacancy/vacancies policy/policies
city/cities country/countries currency/currencies entity/entities property/properties
clause/clauses nurse/nurses universe/universes franchise/franchises lease/leases media/media
metadata/metadata feedback/feedback man/men foot/feet fish/fish sheep/sheep ox/oxen
"""


@pytest.mark.parametrize("pair", NUMBERS.split())
def test_both_numbers_are_found_from_either(pair: str) -> None:
    one, many = pair.split("/")
    assert names.singular(one) == names.singular(many) == one
    assert names.plural(one) == names.plural(many) == many


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("indices", "index"),
        ("persons", "person"),
        ("schemata", "schema"),
        ("order_items", "order_item"),
        ("sales_people", "sales_person"),
        ("news_categories", "news_category"),
        ("UserAddresses", "user_address"),
    ],
)
def test_singular_of_other_plurals_and_of_several_words(many: str, one: str) -> None:
    assert names.singular(many) == one


@pytest.mark.parametrize(
    "spelling",
    ["order-items", "OrderItems", "order_items", "orderItems", "Order items", "ORDER_ITEMS"],
)
def test_every_spelling_is_one_name(spelling: str) -> None:
    made = names.resource(spelling)
    assert (made.singular, made.plural, made.given) == ("order_item", "order_items", spelling)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("HTTPServer", ("http", "server")),
        ("userIDs", ("user", "ids")),
        ("APIKeys", ("api", "keys")),
        ("OAuthToken", ("oauth", "token")),
        ("address2", ("address2",)),
        ("order_2_items", ("order", "2", "items")),
        ("user", ("user",)),
        ("", ()),
    ],
)
def test_words(name: str, words: tuple[str, ...]) -> None:
    assert names.words(name) == words


def test_cases() -> None:
    shown = {case: write("order-items") for case, write in names.CASES.items()}
    assert shown == {
        "snake": "order_items",
        "camel": "orderItems",
        "pascal": "OrderItems",
        "kebab": "order-items",
        "upper_snake": "ORDER_ITEMS",
        "flat": "orderitems",
        "title": "Order Items",
        "sentence": "Order items",
    }


def test_cases_of() -> None:
    assert names.cases_of("OrderItems") == ("pascal",)
    assert names.cases_of("users") == ("snake", "camel", "kebab", "flat")
    assert names.cases_of("Order_items") == ()


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=4))
def test_words_survive_the_cases_that_separate_them(words: list[str]) -> None:
    for write in (names.snake, names.kebab, names.upper_snake, names.title, names.sentence):
        assert names.words(write(words)) == tuple(words)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=12))
def test_numbers_of_any_word_are_words(word: str) -> None:
    for made in (names.singular(word), names.plural(word)):
        assert names.check(made) == made


@pytest.mark.parametrize(
    ("given_", "one", "many", "want"),
    [
        ("sheep", "", "sheeps", ("sheep", "sheeps")),
        ("people", "human", "", ("human", "people")),
        ("fez", "", "fezzes", ("fez", "fezzes")),
        ("fezzes", "fez", "", ("fez", "fezzes")),
        ("data", "datum", "data", ("datum", "data")),
        ("x", "Order Line", "OrderLines", ("order_line", "order_lines")),
    ],
)
def test_numbers_can_be_given(given_: str, one: str, many: str, want: tuple[str, str]) -> None:
    made = names.resource(given_, singular_name=one, plural_name=many)
    assert (made.singular, made.plural) == want


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("../users", "path"),
        ("a/b", "path"),
        ("a\\b", "path"),
        ("..", "path"),
        ("users\n", "control"),
        ("us\x1b[31mers", "control"),
        ("us\0ers", "control"),
        ("{{ 7*7 }}", "template"),
        ("{% raw %}", "template"),
        ("${HOME}", "template"),
        ("$(id)", "template"),
        ("`id`", "template"),
        ("2users", "digit"),
        ("üser", "letters"),
        ("us\u202eers", "control"),
        ("-users", "letters"),
        ("users;", "letters"),
        ("users'", "letters"),
        ("u" * 5000, "5,000 characters"),
    ],
)
def test_what_may_not_name_a_resource(name: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        names.check(name)
    text = str(caught.value).replace("\n  ", " ")
    assert said in text
    assert text.isprintable()
    assert len(text) < 250
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "want"), [("user", "a"), ("order", "an"), ("hour", "an"), ("unit", "a"), ("url", "a")]
)
def test_article(name: str, want: str) -> None:
    assert names.article(name) == want
