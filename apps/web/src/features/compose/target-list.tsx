import { Avatar } from "../../ui/avatar.tsx";

type TargetListProps = {
  readonly label: string;
  readonly names: readonly string[];
  readonly active: number | undefined;
  readonly onChoose: (name: string) => void;
};

export const LIST = "compose-recent";

export function optionId(index: number): string {
  return `${LIST}-${index}`;
}

/** Names that a field offers. The keyboard stays in the field, which says which of them is meant. */
export function TargetList({ label, names, active, onChoose }: TargetListProps) {
  return (
    <div
      id={LIST}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 top-full z-10 mt-1 max-h-72 overflow-y-auto rounded-box border border-line bg-raised p-1 shadow-float"
    >
      {names.map((name, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keyboard, and its keys.
        <div
          key={name}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(name)}
          className="target flex cursor-pointer items-center gap-2 rounded-[6px] px-2 hover:bg-wash aria-selected:bg-wash aria-selected:font-bold"
        >
          <Avatar name={name} size="small" />
          <bdi className="truncate">{name}</bdi>
        </div>
      ))}
    </div>
  );
}
