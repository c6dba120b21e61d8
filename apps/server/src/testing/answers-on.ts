/** The next frames of this type on a line, of which there will be so many; what comes between them is passed over. */
export async function answersOn(
  line: { next(): Promise<unknown> },
  type: string,
  count: number,
): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  while (answers.length < count) {
    const frame = await line.next();
    if (typeof frame !== "object" || frame === null || "closed" in frame) throw new Error(`The line ended before.`);
    if ("type" in frame && frame.type === type) answers.push(frame);
  }
  return answers;
}
