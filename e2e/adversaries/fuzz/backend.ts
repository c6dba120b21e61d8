import type { Dice } from "../../faults/random.ts";
import { type Headers, request, type RequestOptions } from "../raw/http.ts";
import type { Operation, Parameter } from "./contract.ts";
import type { World } from "./world.ts";
import { badHeader } from "./openings.ts";
import { mutatedBytes, mutatedField, mutatedJson } from "./mutations.ts";
import { sample } from "./samples.ts";
import { hostileText, hostileValue } from "./values.ts";

/** One request of a backend; a bad one is so in its path, its headers, its body or its bytes. */
export function apiRequest(chance: Dice, world: World, isBad: boolean): Buffer {
  const operation = chance.oneOf(world.contract.operations);
  const proper = properRequest(chance, operation, world);
  if (!isBad) return request(sized(proper));
  const { headers = [], body } = proper;
  return chance.oneOf<() => Buffer>([
    () => request(sized({ ...proper, body: JSON.stringify(mutatedField(chance, bodyOf(chance, operation, world))) })),
    () => request(sized({ ...proper, body: JSON.stringify(hostileValue(chance)) })),
    () => request(sized({ ...proper, body: mutatedJson(chance, String(body)) })),
    () => request(sized({ ...proper, target: targetOf(operation, () => hostileText(chance)) })),
    () => request(sized({ ...proper, target: `${proper.target}?${hostileText(chance)}=${hostileText(chance)}` })),
    () => request(sized({ ...proper, headers: [...headers, ["Authorization", `Bearer ${hostileText(chance)}`]] })),
    () => request({ ...sized(proper), headers: [...headers, badHeader(chance)] }),
    () => mutatedBytes(chance, request(sized(proper))),
  ])();
}

function properRequest(chance: Dice, operation: Operation, world: World): RequestOptions {
  const value = (parameter: Parameter) => {
    const said = chance.below(2) === 0 && parameter.example !== undefined ? parameter.example : undefined;
    return String(said ?? sample(chance, parameter.schema, world, parameter.name));
  };
  const headers: Headers = [
    ["Authorization", `Bearer ${world.apiSecret}`],
    ...operation.parameters
      .filter(({ in: place, required }) => place === "header" && (required || chance.below(2) === 0))
      .map(({ name }) => [name, `key-${chance.below(1_000)}`] as const),
  ];
  const target = targetOf(operation, (parameter) =>
    parameter.required || chance.below(4) === 0 ? value(parameter) : undefined,
  );
  if (operation.body === undefined) return { method: operation.method, target, headers, body: "" };
  const body = JSON.stringify(bodyOf(chance, operation, world));
  return { method: operation.method, target, headers: [...headers, ["Content-Type", "application/json"]], body };
}

/** The path with its parameters, and those of the query that have a value. */
function targetOf({ path, parameters }: Operation, value: (parameter: Parameter) => string | undefined): string {
  const written = (parameter: Parameter) => encodeURIComponent((value(parameter) ?? "").toWellFormed());
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const filled = of("path").reduce(
    (all, parameter) => all.replace(`{${parameter.name}}`, () => written(parameter)),
    path,
  );
  const query = of("query").map((parameter) => `${parameter.name}=${written(parameter)}`);
  return `${filled}?${query.filter((each) => !each.endsWith("=")).join("&")}`.replace(/\?$/u, "");
}

/** Whoever is barred would be no user of the fuzzer any more: they are others. */
function bodyOf(chance: Dice, { operationId, body }: Operation, world: World): Readonly<Record<string, unknown>> {
  if (operationId === "revoke") return { uid: `barred-${chance.below(100)}` };
  const said = chance.below(4) === 0 && body?.example !== undefined ? body.example : undefined;
  return { ...Object(said ?? sample(chance, body?.schema ?? {}, world)) };
}

function sized({ headers = [], body = "", ...rest }: RequestOptions): RequestOptions {
  const length = String(Buffer.byteLength(body));
  return { ...rest, headers: [...headers, ["Content-Length", length]], body };
}
