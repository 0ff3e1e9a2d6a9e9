// A gold signet ring with an onyx stands on grey felt.
#declare Fine = 0;
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0.6, 6, -7.2>, <0.05, 1.2, 0>, 34)
Room(<0.5, 0.52, 0.55>, <0.16, 0.16, 0.17>)
Softbox(<-7, 10, -3>, 6, 6, 1.1, 2.4)
Softbox(<8, 7, 4>, 2.5, 7, <0.35, 0.34, 0.32>, 1.4)
Card(<1, 3, -9>, 5, 3, 0.02)

#declare Felt = texture {
  pigment {
    average pigment_map {
      [1 granite scale 0.25 color_map { [0 rgb 0.13] [1 rgb 0.27] }]
      [1 wrinkles scale <0.05, 1, 0.09> color_map { [0 rgb 0.08] [1 rgb 0.36] }]
      [1 bozo scale 3 color_map { [0 rgb 0.17] [1 rgb 0.22] }]
    }
  }
  normal { average normal_map { [1 granite 0.5 scale 0.3] [1 wrinkles 1.2 scale 0.06] } }
  finish { Matt }
}
Ground(Felt)

// How far the outside is from the axis: a shank that swells towards a flat table.
#declare Table = 1.42;
#declare Swell = function (S) { 1.11 + 0.5 * pow((1 + S) / 2, 6) }
#declare Outside = function (S) { -ln(exp(-25 * Swell(S)) + exp(-25 * select(S - 0.3, 9, Table / max(S, 0.3)))) / 25 }
#declare Width = function (S) { 0.46 + 0.86 * pow((1 + S) / 2, 4) }
#declare Inside = 0.95;
#declare Radius = function (u, v) { Inside + (Outside(sin(Tau * u)) - Inside) * (0.5 + 0.5 * Squared(cos(Tau * v), 0.45)) }
#declare Fx = function (u, v) { cos(Tau * u) * Radius(u, v) }
#declare Fy = function (u, v) { sin(Tau * u) * Radius(u, v) }
#declare Fz = function (u, v) { Width(sin(Tau * u)) / 2 * Squared(sin(Tau * v), 0.55) }

union {
  object { Surface(Fx, Fy, Fz, 240, 72, true) }
  cylinder {
    y * 1.3, y * 1.425, 0.46
    #if (Mask) texture { White } #else
      texture { pigment { rgb 0.012 } finish { ambient 0 diffuse 0.8 specular 0.5 roughness 0.004 reflection { 0.04, 0.8 fresnel } } }
      interior { ior 1.54 }
    #end
  }
  torus { 0.46, 0.035 translate y * 1.42 }
  texture { Gold }
  rotate <4, 32, 0>
  translate y * 1.11
}
