import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { debianPart, debianProgram } from "@carillon/e2e/machine/debian.ts";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { NCHAN_SECRET } from "../load/dialects/nchan.ts";
import type { Command } from "../machine/pinning.ts";
import { launch } from "./launch.ts";
import type { Peer } from "./peer.ts";

const PACKAGES = ["nginx", "libnginx-mod-nchan", "libhiredis0.14"] as const;

export const nchan: Peer = {
  name: "nchan",
  about: "Nchan (a module of nginx): publish by POST; the newest 100 of each user in memory for an hour",
  dialect: "nchan",
  start: async (folder) => {
    const program = debianProgram("usr/sbin/nginx", ...PACKAGES);
    const modules = debianPart(...PACKAGES);
    if (program === undefined || modules === undefined) return undefined;
    const port = await freePort();
    const file = join(folder, "nginx.conf");
    await mkdir(join(folder, "logs"));
    await writeFile(file, configuration(folder, modules, port));
    const command = atHome([program.path, "-p", `${folder}/`, "-c", file, "-e", "logs/error.log"]);
    return launch({ command, env: program.env, folder, port, isReady: () => answers(port) });
  },
};

/**
 * The module makes a folder where Debian's nginx keeps its own, whatever the configuration says. Where nginx is not installed, it
 * gets that place in a view of the file system that nobody else has.
 */
function atHome(command: Command): Command {
  if (existsSync(HOME)) return command;
  const seclude: Command = ["unshare", ...(userInfo().uid === 0 ? [] : ["--map-root-user"]), "--mount"];
  const script = `mount -t tmpfs none /var/lib && mkdir ${HOME} && exec "$@"`;
  return [...seclude, "sh", "-c", script, "sh", ...command];
}

const HOME = "/var/lib/nginx";

function configuration(folder: string, modules: string, port: number): string {
  return `load_module ${modules}/usr/lib/nginx/modules/ngx_nchan_module.so;
daemon off;
user ${userInfo().username};
worker_processes 1;
worker_rlimit_nofile 20000;
pid nginx.pid;
error_log logs/error.log crit;
events { worker_connections 19000; }
http {
  access_log off;
${TEMPORARY.map((name) => `  ${name}_temp_path ${folder}/${name};`).join("\n")}
  client_body_in_single_buffer on;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  nchan_shared_memory_size 1024M;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    tcp_nodelay on;
    location = / { return 204; }
    location ~ ^/sub/(\\w+)$ {
      secure_link $arg_token;
      secure_link_md5 "$1 ${NCHAN_SECRET}";
      if ($secure_link = "") { return 403; }
      nchan_subscriber websocket;
      nchan_channel_id $1;
      nchan_subscriber_first_message newest;
    }
    location ~ ^/pub/(\\w+)$ {
      nchan_publisher http;
      nchan_channel_id $1;
      nchan_message_buffer_length 100;
      nchan_message_timeout 1h;
    }
  }
}
`;
}

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** Its worker does, which comes after its port. */
async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).ok;
  } catch {
    return false; // Not yet.
  }
}
