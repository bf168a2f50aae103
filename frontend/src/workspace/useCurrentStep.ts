/** Which step is one on? Everybody may be on another; the others are told. */

import { useCallback, useEffect, useState } from "react";

import { useNotices } from "../ui/notices";

import type { Flow, FlowStep } from "./bootstrap";
import { useSession } from "./session";

export interface CurrentStep {
  readonly step: FlowStep;
  readonly steps: readonly FlowStep[];
  readonly go: (id: string) => void;
}

export function useCurrentStep({ id: flow, steps }: Flow): CurrentStep {
  const { boot, room } = useSession();
  const { announce } = useNotices();
  const key = `ninestep.step.${boot.design.id}`;
  const [id, setId] = useState(() => sessionStorage.getItem(key));
  const step = steps.find((one) => one.id === id) ?? steps[0];
  if (step === undefined) throw new Error(`The flow ${flow} has no steps.`);

  useEffect(() => room.presence.update({ step: step.id }), [room, step.id]);

  const go = useCallback(
    (wanted: string) => {
      const target = steps.find((one) => one.id === wanted);
      if (target === undefined) return;
      setId(target.id);
      sessionStorage.setItem(key, target.id);
      announce(`Step ${target.number}, ${target.name}`);
    },
    [announce, key, steps],
  );
  return { step, steps, go };
}
