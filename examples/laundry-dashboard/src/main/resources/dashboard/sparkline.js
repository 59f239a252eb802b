// Draws a trend as a small curve without axes, the newest value at the right, from zero up.

export function drawSparkline(canvas, trend, { line, area }) {
  const pen = fit(canvas);
  const { width, height } = canvas;
  pen.clearRect(0, 0, width, height);
  let highest = 0;
  trend.each((_, value) => (highest = Math.max(highest, value * 1.1)));
  if (!highest) return;
  const points = [];
  trend.each((along, value) => points.push([along * width, height - 2 - (value / highest) * (height - 4)]));
  const curve = new Path2D();
  for (const [x, y] of points) curve.lineTo(x, y);
  const below = new Path2D(curve);
  below.lineTo(points.at(-1)[0], height);
  below.lineTo(points[0][0], height);
  pen.fillStyle = area;
  pen.fill(below);
  pen.strokeStyle = line;
  pen.lineWidth = 1.5 * devicePixelRatio;
  pen.lineJoin = 'round';
  pen.stroke(curve);
}

/** Sizes come from an observer, because reading them here would cause a layout per curve. */
const sizes = new WeakMap();
const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) sizes.set(target, contentRect);
});

function fit(canvas) {
  if (!sizes.has(canvas)) {
    sizes.set(canvas, { width: canvas.clientWidth, height: canvas.clientHeight });
    observer.observe(canvas);
  }
  const size = sizes.get(canvas);
  const width = Math.round(size.width * devicePixelRatio);
  const height = Math.round(size.height * devicePixelRatio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return canvas.getContext('2d');
}
