// The next area in a direction, for those who go from area to area by the arrow keys.

import { type Areas, liesIn } from "./data";

/** East and north of each arrow key. */
export const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The nearest area from a place, of those `within` another; beside the way counts as further. */
export function nearest(
  areas: Areas,
  within: string,
  from: { lng: number; lat: number; id: number },
  way: readonly [number, number] | null,
): number {
  const narrow = Math.cos((from.lat * Math.PI) / 180);
  let best = -1;
  let least = Infinity;
  for (let id = 0; id < areas.codes.length; id++) {
    const lng = areas.x[id];
    const lat = areas.y[id];
    if (id === from.id || lng == null || lat == null || !liesIn(areas, id, within)) continue;
    const east = (lng - from.lng) * narrow;
    const north = lat - from.lat;
    const along = way === null ? 0 : east * way[0] + north * way[1];
    const beside = way === null ? 0 : Math.abs(east * way[1]) + Math.abs(north * way[0]);
    if (way !== null && along <= 0) continue;
    const far = way === null ? Math.hypot(east, north) : Math.hypot(along, 2.5 * beside);
    if (far < least) {
      least = far;
      best = id;
    }
  }
  return best;
}
