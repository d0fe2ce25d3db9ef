import fc from "fast-check";
import { z } from "zod";
import { AwsError } from "../../../src/emulator/aws/errors";
import { boolean, integer, integerWithin, list, text } from "../../../src/emulator/aws/members";
import { page } from "../../../src/emulator/aws/paging";
import { elements, parseQuery } from "../../../src/emulator/aws/query";
import { readRequest } from "../../../src/emulator/aws/readRequest";

test("a form becomes a tree, in whatever order its members come", () => {
  const form = "L.member.2=b&A=x%20y&S.N=1&L.member.10=j&L.member.1=a&S.M.K=%2B";
  const tree = parseQuery(form);
  expect(tree).toEqual({
    A: "x y",
    S: Object.assign(Object.create(null), { N: "1", M: Object.assign(Object.create(null), { K: "+" }) }),
    L: expect.anything(),
  });
  expect(readRequest(z.object({ L: list(text()) }), tree)).toEqual({ L: ["a", "b", "j"] });
});

test("an empty list is an empty text, and a list of EC2 has no word before its numbers", () => {
  const shape = z.object({ Empty: list(text()), Id: list(integer()) });
  expect(readRequest(shape, parseQuery("Empty=&Id.1=4&Id.2=5"))).toEqual({ Empty: [], Id: [4, 5] });
  expect(elements("x")).toBeUndefined();
  expect(elements({ one: "x" })).toBeUndefined();
});

test("a name can be no trap", () => {
  const tree = parseQuery("__proto__.polluted=yes&constructor=x");
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(tree)).toEqual(["__proto__", "constructor"]);
});

test.each(["A=1&A.B=2", "A.B=2&A=1", "A=1&A=2"])("%s contradicts itself", (form) => {
  expect(() => parseQuery(form)).toThrow(expect.objectContaining({ code: "MalformedInput" }));
});

test("whatever is sent in a form is read from it", () => {
  const value = fc.record({
    Name: fc.string(),
    Count: fc.integer(),
    Flag: fc.boolean(),
    Items: fc.array(fc.record({ Key: fc.string() })),
  });
  const shape = z.object({ Name: text(), Count: integer(), Flag: boolean(), Items: list(z.object({ Key: text() })) });
  fc.assert(
    fc.property(value, ({ Name, Count, Flag, Items }) => {
      const form = new URLSearchParams({ Name, Count: String(Count), Flag: String(Flag) });
      if (Items.length === 0) form.set("Items", "");
      for (const [index, { Key }] of Items.entries()) form.set(`Items.member.${index + 1}.Key`, Key);
      expect(readRequest(shape, parseQuery(form.toString()))).toEqual({ Name, Count, Flag, Items });
    }),
  );
});

test("a number is refused exactly when it is out of its bounds", () => {
  const shape = z.object({ Percentage: integerWithin(0, 100) });
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 300 }), (number) => {
      const read = () => readRequest(shape, parseQuery(`Percentage=${number}`));
      if (number >= 0 && number <= 100) expect(read()).toEqual({ Percentage: number });
      else expect(read).toThrow(AwsError);
    }),
  );
});

test("pages of any size give every item once, in order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 5 }), (all, size) => {
      const seen: string[] = [];
      let token: string | undefined;
      do {
        const { items, nextToken } = page(all, (item) => item, size, token);
        expect(items.length).toBeLessThanOrEqual(size);
        seen.push(...items);
        token = nextToken;
      } while (token !== undefined);
      expect(seen).toEqual(all);
    }),
  );
});
