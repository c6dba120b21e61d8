type Option<Value> = { readonly value: Value; readonly label: string; readonly lang?: string };

type ChoiceProps<Value> = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
};

/** One of a few, side by side. */
export function Choice<Value extends string>({ name, label, options, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-bold">{label}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-0.5 rounded-box border border-line bg-track p-0.5">
        {options.map(({ value, label: text, lang }) => (
          <label
            key={value}
            lang={lang}
            className="target flex cursor-pointer items-center justify-center rounded-[6px] px-2 text-center text-small text-quiet has-checked:bg-raised has-checked:font-bold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-bronze-ink"
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
