import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../api/problem";
import { Button } from "../ui/button";
import { useProblemText } from "../ui/problem-text";
import { toast } from "../ui/toast";
import { useNext } from "./next";

/** Goes to the next ticket, and says so where there is none. `but`: the one that is on the page. */
export function useGoNext(): { goNext: (but?: string) => Promise<void>; isPending: boolean } {
  const { t } = useLingui();
  const words = useProblemText();
  const { go, isPending } = useNext((error) =>
    toast({ text: words(asProblem(error)), tone: "bad", icon: "alert" }),
  );
  const goNext = async (but?: string) => {
    if (!(await go(but))) toast({ text: t`No next ticket: all your work is done.`, icon: "check" });
  };
  return { goNext, isPending };
}

export function NextButton({ but, small }: { but?: string; small?: boolean }) {
  const { goNext, isPending } = useGoNext();
  return (
    <Button
      look={small ? "plain" : "primary"}
      icon="next"
      isPending={isPending}
      onPress={() => void goNext(but)}
    >
      <Trans>Next ticket</Trans>
    </Button>
  );
}
