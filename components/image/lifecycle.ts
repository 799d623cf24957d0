/** Fewest images a registry may keep, whatever the caller says. */
const fewestKept = 20;

/** Pushed images that may lie between two deployments without pushing a rollback target out. */
const margin = 10;

/**
 * The lifecycle policy that keeps the newest `keepImages` images, tagged or not, and expires what is older. Counting is the
 * only safe rule: an age says nothing about use, nor does the last pull (Lambda keeps what it pulled once), and "untagged" also
 * matches a live image whose tag somebody removed. ECR cannot tell which image is live: it goes when `keepImages` newer ones were
 * pushed, so when as many updates in a row have built and failed. Then functions fail when Lambda
 * fetches the image anew, and tasks when they are replaced: mend the update, or raise `keepImages`, well before.
 * Fails when `keepImages` is below 20, or does not leave 10 pushes of room above `keptVersions`.
 */
export function lifecyclePolicy(keepImages: number, keptVersions: number): string {
  const fewest = Math.max(fewestKept, keptVersions + margin);
  if (!Number.isInteger(keepImages) || keepImages < fewest) {
    throw new Error(
      `keepImages must be a whole number of at least ${fewest} to spare ${keptVersions} versions, got ${keepImages}: raise keepImages`,
    );
  }
  return newest(keepImages, "spare every image that a live or rollback version can need");
}

/** The lifecycle policy of a build cache: one cache per platform is in use, the rest are its predecessors. */
export const cacheLifecyclePolicy = (): string => newest(10, "drop build caches that newer ones replaced");

/** The lifecycle policy of copies of other people's images: an index and its platforms count as several. */
export const copyLifecyclePolicy = (): string => newest(20, "drop copies that newer ones replaced");

function newest(count: number, description: string): string {
  const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count };
  return JSON.stringify({ rules: [{ rulePriority: 1, description, selection, action: { type: "expire" } }] });
}
