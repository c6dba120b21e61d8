import { mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { debianPart, debianProgram } from "@carillon/e2e/machine/debian.ts";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { NCHAN_SECRET } from "../load/dialects/nchan.ts";
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
    await mkdir(join(folder, "logs"));
    await writeFile(
      join(folder, "nginx.conf"),
      configuration(join(modules, "usr/lib/nginx/modules/ngx_nchan_module.so"), port),
    );
    const command = [
      program.path,
      "-p",
      `${folder}/`,
      "-c",
      join(folder, "nginx.conf"),
      "-e",
      "logs/error.log",
    ] as const;
    return launch({ command: [...command], env: program.env, folder, port, isReady: () => answers(port) });
  },
};

function configuration(module: string, port: number): string {
  return `load_module ${module};
daemon off;
user ${userInfo().username};
worker_processes 1;
worker_rlimit_nofile 20000;
pid nginx.pid;
error_log logs/error.log crit;
events { worker_connections 19000; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
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

/** Its worker does, which comes after its port. */
async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).ok;
  } catch {
    return false; // Not yet.
  }
}
