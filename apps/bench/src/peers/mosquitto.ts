import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { debianProgram } from "@carillon/e2e/machine/debian.ts";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { mqttPassword } from "../load/dialects/mqtt.ts";
import { launch } from "./launch.ts";
import type { Peer } from "./peer.ts";
import { everyUid } from "./users.ts";

const PACKAGES = ["mosquitto", "libcjson1", "libwebsockets17", "libdlt2", "libwrap0"] as const;

export const mosquitto: Peer = {
  name: "mosquitto",
  about: "Mosquitto, QoS 1 to both ends, persistent sessions; a snapshot of them every 10 s",
  dialect: "mqtt",
  start: async (folder) => {
    const program = debianProgram("usr/sbin/mosquitto", ...PACKAGES);
    const passwords = debianProgram("usr/bin/mosquitto_passwd", ...PACKAGES);
    if (program === undefined || passwords === undefined) return undefined;
    const [port, other] = [await freePort(), await freePort()];
    await writeFile(join(folder, "mosquitto.conf"), configuration(folder, port, other));
    await writeFile(
      join(folder, "passwords"),
      everyUid()
        .map((uid) => `${uid}:${mqttPassword(uid)}\n`)
        .join(""),
      { mode: 0o600 },
    );
    spawnSync(passwords.path, ["-U", join(folder, "passwords")], { env: passwords.env });
    return launch({ command: [program.path, "-c", "mosquitto.conf"], env: program.env, folder, port });
  },
};

/** It does not start with a WebSocket listener alone. */
function configuration(folder: string, port: number, other: number): string {
  return `user ${userInfo().username}
listener ${other} 127.0.0.1
listener ${port} 127.0.0.1
protocol websockets
socket_domain ipv4
allow_anonymous false
password_file ${join(folder, "passwords")}
persistence true
persistence_location ${folder}/
autosave_interval 10
max_inflight_messages 1000
max_queued_messages 100000
set_tcp_nodelay true
log_dest none
`;
}
