// What runs on the graphics processor: discs at points, and lines between places.

// The middle is taken off in two parts, the large and the rest: far in, one float would make the picture tremble.
const PLACE = `#version 300 es
precision highp float;
uniform mat4 matrix;
uniform vec3 middle;
uniform vec3 rest;
vec4 seen(vec3 place) {
  return matrix * vec4((place - middle) - rest, 1.0);
}
`;

export const POINT_VERTEX = `${PLACE}
in vec3 place;
in vec3 before;
in vec4 color;
uniform float share;
uniform float size;
uniform float reference;
uniform float opacity;
uniform vec2 fog;
uniform vec3 mist;
uniform bool flat_;
out vec4 tint;
out float wide;
void main() {
  gl_Position = seen(mix(before, place, share));
  float near = flat_ ? 1.0 : clamp(reference / max(gl_Position.w, 1e-4), 0.35, 5.0);
  wide = size * near;
  gl_PointSize = wide + 1.0;
  float hazy = flat_ ? 0.0 : clamp((gl_Position.w - fog.x) * fog.y, 0.0, 0.5);
  tint = vec4(mix(color.rgb, mist, hazy), color.a * opacity);
}
`;

// Colours leave with their alpha multiplied in. The rim is as wide as asked, inside the disc.
export const POINT_FRAGMENT = `#version 300 es
precision highp float;
in vec4 tint;
in float wide;
uniform vec4 rim;
uniform float rimWidth;
out vec4 result;
void main() {
  float far = length(gl_PointCoord - 0.5) * (wide + 1.0);
  float cover = clamp(wide * 0.5 - far + 0.5, 0.0, 1.0);
  if (cover <= 0.0) discard;
  float inner = clamp(wide * 0.5 - rimWidth - far + 0.5, 0.0, 1.0);
  vec4 fill = vec4(tint.rgb * tint.a, tint.a);
  vec4 edge = vec4(rim.rgb * rim.a, rim.a) * min(1.0, tint.a * 2.0);
  result = (rimWidth > 0.0 ? mix(edge, fill, inner) : fill) * cover;
}
`;

export const LINE_VERTEX = `${PLACE}
in vec3 place;
void main() {
  gl_Position = seen(place);
}
`;

export const LINE_FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 stroke;
out vec4 result;
void main() {
  result = vec4(stroke.rgb * stroke.a, stroke.a);
}
`;
