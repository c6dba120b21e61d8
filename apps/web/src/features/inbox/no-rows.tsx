import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { session } from "../../store/session.ts";
import { Empty } from "../../ui/empty.tsx";
import { BellLine } from "../../ui/icons.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useWords } from "../../words/index.ts";

/** An inbox that is empty, or of which nothing is known yet. */
export function NoRows() {
  const { inbox: words } = useWords();
  const uid = useStore(session, (now) => now.uid);
  const heard = useStore(connection, (now) => now.heard);
  const connecting = useStore(connection, (now) => now.status.at === "connecting");
  if (heard) return <Empty icon={<BellLine />} sentence={words.empty} next={words.emptyNext(uid)} />;
  if (connecting) return <Skeleton label={words.loading} />;
  return <Empty icon={<BellLine />} sentence={words.unheard} />;
}
