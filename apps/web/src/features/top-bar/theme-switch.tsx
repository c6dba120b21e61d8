import { useStore } from "zustand";
import { theme, themeAfter } from "../../store/theme.ts";
import { Button } from "../../ui/button.tsx";
import { MoonIcon, SunIcon, SystemIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";

const ICONS = { system: SystemIcon, light: SunIcon, dark: MoonIcon } as const;

/** Goes from the system's theme to light to dark, and around. Its name says which of them holds. */
export function ThemeSwitch() {
  const now = useStore(theme);
  const label = useWords().settings.theme[now];
  const Icon = ICONS[now];
  return (
    <Button look="icon" aria-label={label} title={label} onClick={() => theme.setState(themeAfter(now), true)}>
      <Icon />
    </Button>
  );
}
