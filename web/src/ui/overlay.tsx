/** Dialogs of pages: their code is fetched when the first opens. */
import { lazy, Suspense } from "react";
import type { DialogProps } from "./dialog";

const Opened = lazy(() => import("./dialog").then((loaded) => ({ default: loaded.Dialog })));

export function Dialog(props: DialogProps) {
  return (
    props.isOpen && (
      <Suspense>
        <Opened {...props} />
      </Suspense>
    )
  );
}
