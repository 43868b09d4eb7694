"""Code of JavaScript and TypeScript, printed in a project's style."""

from __future__ import annotations

from textwrap import dedent

import pytest

from apimod.languages.javascript_print import printed
from apimod.languages.javascript_style import ScriptStyle

PLAIN = ScriptStyle(quote="'", semicolons=False, commas="none", arrows="avoid", width=60)
TABS = ScriptStyle(unit="\t", width=60, commas="es5", spaced=False)


def same(text: str, style: ScriptStyle | None = None, path: str = "a.ts") -> None:
    """Check that code in a style stays as it is in that style."""
    code = dedent(text)
    assert printed(code, path, style or ScriptStyle()) == code


@pytest.mark.parametrize(
    "text",
    [
        """\
        import express, { type Request } from "express";
        import * as fs from "node:fs";
        import "reflect-metadata";

        // what follows
        export const router = Router(); // a router

        router.get("/", async (req: Request, res) => {
          const { id } = req.params;

          res.status(200).json({ id, items: [1, 2] });
        });
        """,
        """\
        export async function create(
          ownerId: string,
          data: CreateOrderItemInput,
        ): Promise<OrderItem> {
          if (!data.name && !data.price) throw new Error("nothing");
          return prisma.orderItem.create({ data });
        }
        """,
        """\
        details = all.map(({ path, message }) => ({ path: path.join("."), message }));
        """,
        """\
        const schema = z
          .object({
            name: z.string().min(1).max(255),
          })
          .partial();
        """,
        """\
        const wrap = (handler) => (req, res, next) => {
          Promise.resolve(handler(req, res, next)).catch(next);
        };
        """,
        """\
        describe("a very long name of what is tested, which is longer than a line can be", () => {
          it("works", async () => {
            expect(await call()).toEqual({ a: 1 });
          });
        });
        """,
        """\
        class Service {
          private readonly items: Item[] = [];

          constructor(
            private readonly db: Database,
            private readonly log: Logger,
          ) {}

          static async find(id: number): Promise<Item | null> {
            return this.items.find((item) => item.id === id) ?? null;
          }
        }
        """,
        """\
        const message =
          "a text that is so long that it does not fit behind the name of the constant";
        const found = await repository.findOneOrFailWithAVeryLongName(
          identifier,
          anotherIdentifier,
        );
        """,
        """\
        type Sort = "created" | "name";

        interface Query {
          page: number;
          /** What is looked for. */
          search?: string;
        }
        """,
    ],
)
def test_the_usual_style_stays(text: str) -> None:
    same(text)


def test_every_token_follows_the_style() -> None:
    text = """\
    const { a } = require("./a");
    const f = async (x) => {
      await run({ first: "one", second: "it's two", third: [a, x], fourth: 4 });
    };
    (f || a)();
    """
    assert printed(dedent(text), "a.js", PLAIN) == dedent(
        """\
        const { a } = require('./a')
        const f = async x => {
          await run({
            first: 'one',
            second: "it's two",
            third: [a, x],
            fourth: 4
          })
        }
        ;(f || a)()
        """
    )


def test_tabs() -> None:
    text = "call({ first: one, second: two, third: three, fourth: four, fifth: five });\n"
    assert printed(text, "a.js", TABS) == (
        "call({\n\tfirst: one,\n\tsecond: two,\n\tthird: three,\n\tfourth: four,\n\tfifth: five,\n});\n"
    )


def test_what_is_broken_stays() -> None:
    assert printed("const a = ;\n", "a.js", PLAIN) == "const a = ;\n"


def test_twice_is_once() -> None:
    text = "router.get('/a', auth('x'), validate(schema.list), wrap(controller.listOrderItems))\n"
    once = printed(text, "a.js", PLAIN)
    assert printed(once, "a.js", PLAIN) == once
