import { BellPopover } from "./bell-popover.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { PickTime } from "./pick-time.tsx";
import { RowMenu } from "./row-menu.tsx";
import { SettingsPopover } from "./settings-popover.tsx";

/** Everything that can lie over the page. */
export function Layers() {
  return (
    <>
      <BellPopover />
      <SettingsPopover />
      <RowMenu />
      <PickTime />
      <KeysDialog />
    </>
  );
}
