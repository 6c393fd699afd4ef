export const createMap = () => {};
