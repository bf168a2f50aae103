/** While the server can show only the last good state of the session; its owner may go on from there. */

import { useCallback, useState } from "react";

import { Banner } from "./Banner";
import type { DesignEvent } from "./events";
import { useEvents, useSession } from "./session";
import { useAction } from "./useAction";

export function QuarantineBanner() {
  const { api, boot } = useSession();
  const { run } = useAction("The session does not go on", () => api.recover());
  if (!useIsQuarantined()) return null;
  const isOwner = boot.me.can.includes("manage_session");
  return (
    <Banner
      tone="bad"
      icon="warn"
      {...(isOwner ? { action: { label: "Go on from here", run: () => run() } } : {})}
    >
      <b>This session cannot be read to its end.</b> You see its last good state. Nothing is
      deleted, but nobody can change it
      {isOwner ? " before you let it go on from here." : " before its owner lets it go on."}
    </Banner>
  );
}

/** The page brought the first answer, the events keep it current. */
function useIsQuarantined(): boolean {
  const [is, setIs] = useState(useSession().boot.design.quarantined);
  const hear = useCallback((event: DesignEvent) => {
    if (event.type === "document.quarantined") setIs(true);
    if (event.type === "document.recovered") setIs(false);
  }, []);
  useEvents(hear);
  return is;
}
