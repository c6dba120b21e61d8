import { BellPopover } from "./bell-popover.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { SettingsPopover } from "./settings-popover.tsx";

/** Everything that can lie over the page. */
export function Layers() {
  return (
    <>
      <BellPopover />
      <SettingsPopover />
      <KeysDialog />
    </>
  );
}
