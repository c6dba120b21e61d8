import { useState } from "react";
import { useStore } from "zustand";
import { notices, sound } from "../../store/alerts.ts";
import { useAllWords } from "../../words/all.ts";
import { strike } from "../bell/strike.ts";
import { Switch } from "./switch.tsx";

/** How it rings beyond the page: heard, and shown by the system. Each is asked for here, by hand. */
export function AlertSettings() {
  const { settings: words } = useAllWords();
  const heard = useStore(sound);
  const shown = useStore(notices);
  const [permission, setPermission] = useState(() => globalThis.Notification?.permission);
  const hear = (on: boolean) => {
    sound.setState(on ? "on" : "off", true);
    if (on) strike(); // So it sounds, and so the browser lets this tab be heard.
  };
  const show = async (on: boolean) => {
    const now = on ? await Notification.requestPermission() : permission;
    setPermission(now);
    notices.setState(on && now === "granted" ? "on" : "off", true);
  };
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-3">
      <Switch label={words.sound} note={words.soundNote} on={heard === "on"} onChange={hear} />
      {permission !== undefined && (
        <Switch
          label={words.notices}
          note={permission === "denied" ? words.noticesDenied : words.noticesNote}
          on={shown === "on" && permission === "granted"}
          onChange={(on) => void show(on)}
        />
      )}
    </div>
  );
}
