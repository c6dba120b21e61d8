import { describe, expect, it } from "vitest";
import { Attendance } from "./attendance.ts";

describe("what other hubs said", () => {
  it("is all here while each message is the next one, and beats repeat the last", () => {
    const attendance = new Attendance(100);
    const said = [
      attendance.hear("a", 1, false, 0),
      attendance.hear("a", 1, true, 0),
      attendance.hear("a", 2, false, 0),
      attendance.hear("b", 0, true, 0),
      attendance.hear("b", 1, false, 0),
    ];
    expect(said).toEqual([false, false, false, false, false]);
  });

  it("is in doubt once: after a gap, after a beat that knows more, and of a hub that was not heard before", () => {
    const attendance = new Attendance(100);
    attendance.hear("a", 1, false, 0);
    expect(attendance.hear("a", 3, false, 0)).toBe(true);
    expect(attendance.hear("a", 4, true, 0)).toBe(true);
    expect(attendance.hear("a", 4, true, 0)).toBe(false);
    expect(attendance.hear("b", 7, false, 0)).toBe(true);
    expect(attendance.hear("b", 8, false, 0)).toBe(false);
  });

  it("is forgotten with a hub that is silent for long, and then in doubt", () => {
    const attendance = new Attendance(100);
    attendance.hear("a", 5, true, 0);
    attendance.hear("b", 5, true, 60);
    attendance.forget(120);
    expect(attendance.hear("b", 5, true, 121)).toBe(false);
    expect(attendance.hear("a", 5, true, 121)).toBe(true);
  });
});
