/** Stands where something will be in a moment. */

export function Skeleton({ label }: { readonly label: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      <div className="skel skel--60" />
      <div className="skel skel--82" />
      <div className="skel skel--40" />
    </div>
  );
}
