import type { ComponentProps } from "react";
import { closeOver } from "../../store/over.ts";
import { runFromRow } from "../inbox/row-menu.ts";

type ItemProps = Omit<ComponentProps<"button">, "onClick"> & { readonly onChoose: () => void };

/** One thing in a row's menu, which closes with it. */
export function Item({ onChoose, ...rest }: ItemProps) {
  const onClick = () => {
    closeOver("row");
    runFromRow(onChoose);
  };
  return <PlainItem {...rest} onClick={onClick} />;
}

/** One thing in a row's menu, which stays open. */
export function PlainItem(props: ComponentProps<"button">) {
  return (
    <button
      type="button"
      data-item
      {...props}
      className="target flex items-center gap-6 rounded-box px-2 text-start hover:bg-wash focus:bg-wash focus-visible:outline-offset-[-2px]"
    />
  );
}

/** Where the keyboard begins. */
export function firstItem(): HTMLElement | null {
  return items()[0] ?? null;
}

/** Brings the keyboard so many items on, from the last to the first. */
export function stepItem(by: 1 | -1): void {
  const all = items();
  const at = all.findIndex((item) => item === document.activeElement);
  all.at((at + by) % all.length)?.focus();
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-item]")];
}
