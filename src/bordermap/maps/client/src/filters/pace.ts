// Slows down what need not happen at once: lists that follow a dragged brush, words said to a screen reader.

/**
 * A function that may be called often: `run` follows in the next animation frame, and the one after that not before
 * `gap` milliseconds have gone. The last call is never lost.
 */
export function paced(run: () => void, gap = 80): () => void {
  let last = -Infinity;
  let isWaiting = false;
  const frame = (): void => {
    isWaiting = false;
    last = performance.now();
    run();
  };
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    const rest = last + gap - performance.now();
    if (rest > 0) setTimeout(() => requestAnimationFrame(frame), rest);
    else requestAnimationFrame(frame);
  };
}

/** The same without frames, for what is said: it goes on where nothing is painted. */
export function delayed(run: () => void, gap = 1000): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        last = performance.now();
        run();
      },
      Math.max(last + gap - performance.now(), 150),
    );
  };
}

/** The last of many calls in a frame. */
export function oncePerFrame(work: () => void): () => void {
  let waiting = 0;
  return () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      work();
    });
  };
}
