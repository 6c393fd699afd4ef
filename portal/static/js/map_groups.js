/* Points of a map that would lie on each other become one point with their number, so that each can be hit. */

/**
 * Groups points by their distance on the screen: `groups(map, points, apart)` returns [[point, …], …], each led by the
 * point at whose place the group stands. Leaders are at least `apart` pixels from each other in x or in y, so squares of
 * that size around them never overlap. Equal input gives equal groups.
 */
export function groups(map, points, apart) {
  const zoom = map.getZoom();
  const leaders = new Map();
  const found = [];
  for (const point of points) {
    const { x, y } = map.project([point.lat, point.lng], zoom);
    const column = Math.floor(x / apart);
    const row = Math.floor(y / apart);
    const near = neighbour(leaders, column, row, x, y, apart);
    if (near) {
      near.members.push(point);
      continue;
    }
    const leader = { x, y, members: [point] };
    const key = `${column}:${row}`;
    leaders.set(key, [...(leaders.get(key) ?? []), leader]);
    found.push(leader.members);
  }
  return found;
}

function neighbour(leaders, column, row, x, y, apart) {
  for (let i = column - 1; i <= column + 1; i += 1) {
    for (let j = row - 1; j <= row + 1; j += 1) {
      for (const leader of leaders.get(`${i}:${j}`) ?? []) {
        if (Math.abs(leader.x - x) < apart && Math.abs(leader.y - y) < apart) return leader;
      }
    }
  }
  return null;
}
