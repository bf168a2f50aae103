/** What a good answer to this problem holds, and what to ask in this step. For interviewers alone. */

import { useEffect, useState } from "react";

import { Icon } from "../../ui/Icon";
import { requester } from "../api";
import type { FlowStep } from "../bootstrap";
import { useSession } from "../session";
import { Skeleton } from "../Skeleton";
import { useFailure } from "../useAction";

interface Probe {
  readonly criterion: string;
  readonly label: string;
  readonly ask: string;
}

interface Special {
  readonly criterion: string;
  readonly text: string;
  readonly probe: string;
}

interface Hint {
  readonly criterion: string;
  readonly label: string;
  readonly text: string;
}

interface FollowUp {
  readonly question: string;
  readonly listen_for: string;
}

/** As GET designs/<id>/material answers. */
interface Material {
  readonly steps: Readonly<
    Record<
      string,
      {
        readonly reference: string;
        readonly special: readonly Special[];
        readonly probes: readonly Probe[];
        readonly hints: readonly Hint[];
        readonly follow_ups: readonly FollowUp[];
      }
    >
  >;
  readonly key_components: readonly { readonly name: string; readonly role: string }[];
  readonly has_reference: boolean;
}

export function ModelAnswer({ step }: { readonly step: FlowStep }) {
  const { boot } = useSession();
  const fail = useFailure();
  const [material, setMaterial] = useState<Material | null>(null);
  useEffect(() => {
    requester(boot.api)<Material>("/material")
      .then(setMaterial)
      .catch((error: unknown) => fail("The model answer could not be read", error));
  }, [boot.api, fail]);
  if (material === null) return <Skeleton label="The model answer is loading" />;
  return <Answer step={step} material={material} />;
}

interface AnswerProps {
  readonly step: FlowStep;
  readonly material: Material;
}

function Answer({ step, material }: AnswerProps) {
  const found = material.steps[step.id];
  const { reference = "", special = [], probes = [], hints = [], follow_ups = [] } = found ?? {};
  return (
    // It scrolls, also by keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="guide model inset" role="region" aria-label="Model answer" tabIndex={0}>
      <h2>{step.name}</h2>
      {reference === "" ? (
        <p className="t2">This problem has no written answer for this step.</p>
      ) : (
        <p className="model-text">{reference}</p>
      )}
      {special.length === 0 ? null : (
        <section>
          <h3>What a good answer shows here</h3>
          <ul>
            {special.map(({ text, probe }) => (
              <li key={text}>
                {text}
                {probe === "" ? null : <Ask>{probe}</Ask>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <details>
        <summary>
          <Icon name="chev-r" size={12} />
          Probe questions
        </summary>
        <ul>
          {probes.map(({ criterion, label, ask }) => (
            <li key={criterion}>
              <b>{label}</b>
              <Ask>{ask}</Ask>
            </li>
          ))}
        </ul>
      </details>
      {hints.length === 0 ? null : (
        <details>
          <summary>
            <Icon name="chev-r" size={12} />
            Hints to give
          </summary>
          <ul>
            {hints.map(({ label, text }) => (
              <li key={label + text}>
                <b>{label}</b> {text}
              </li>
            ))}
          </ul>
        </details>
      )}
      {follow_ups.length === 0 ? null : (
        <details>
          <summary>
            <Icon name="chev-r" size={12} />
            Follow-ups
          </summary>
          <ul>
            {follow_ups.map(({ question, listen_for }) => (
              <li key={question}>
                <b>{question}</b> Listen for: {listen_for}
              </li>
            ))}
          </ul>
        </details>
      )}
      <WholeSession material={material} />
    </div>
  );
}

function Ask({ children }: { readonly children: string }) {
  return (
    <p className="ask-next">
      <Icon name="ask" size={14} />
      <span>{children}</span>
    </p>
  );
}

function WholeSession({ material }: Pick<AnswerProps, "material">) {
  const { problem } = useSession().boot;
  const { key_components, has_reference } = material;
  return (
    <>
      {key_components.length === 0 ? null : (
        <details>
          <summary>
            <Icon name="chev-r" size={12} />
            Components of one good answer
          </summary>
          <ul>
            {key_components.map(({ name, role }) => (
              <li key={name + role}>
                <b>{name}</b> {role}
              </li>
            ))}
          </ul>
        </details>
      )}
      {problem === null || !has_reference ? null : (
        <p>
          <a href={`/problems/${problem.id}/reference`} target="_blank" rel="noreferrer">
            The whole reference design
          </a>
        </p>
      )}
    </>
  );
}
