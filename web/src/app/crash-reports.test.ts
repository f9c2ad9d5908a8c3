import { expect, it } from "vitest";
import { pageOf, placesOf } from "./crash-reports";

const STACK = `TypeError: Cannot read "my secret letter" of undefined
    at rt (https://desk.example/assets/ticket-page-B3x_9.js:1:2034)
    at https://evil.example/assets/theirs.js:1:1
    at Object.a [as b] (https://desk.example/assets/index-C1.js:12:3)
    at chrome-extension://abc/assets/inject.js:1:1`;

it("tells of places in our own files alone, and of nothing that was written", () => {
  expect(placesOf(STACK, "https://desk.example")).toEqual([
    "/assets/ticket-page-B3x_9.js:1:2034",
    "/assets/index-C1.js:12:3",
  ]);
});

it("reads the stacks of other browsers", () => {
  expect(
    placesOf("rt@https://desk.example/assets/a.js:1:2\n@https://desk.example/x", "https://desk.example"),
  ).toEqual(["/assets/a.js:1:2"]);
});

it("tells the route's pattern, and the root of what is no pattern", () => {
  expect(pageOf("/tickets/$ticketId")).toBe("/tickets/$ticketId");
  expect(pageOf("/tickets/")).toBe("/tickets");
  expect(pageOf("/")).toBe("/");
  expect(pageOf("/tickets/01M8Q69")).toBe("/");
});
