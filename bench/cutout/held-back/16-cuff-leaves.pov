// An open gold cuff with ball ends on green leaves.
#declare Bounces = 0;
#declare Lamps = 3;
#declare Fine = 0;
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0.5, 9.5, -9.5>, <0, 0.6, -0.2>, 37)
Room(<0.55, 0.58, 0.6>, <0.2, 0.24, 0.18>)
Softbox(<-7, 10, 4>, 5, 5, <0.85, 0.83, 0.78>, 2.4)
Card(<8, 7, -5>, 3, 6, 1.3)
Card(<0, 3, -10>, 6, 3, 0.03)

// A leaf along x, from its stalk at 0 to its tip at 1: bent, and folded a little along the midrib.
#declare Half = function (u) { 0.27 * pow(sin(pi * pow(u, 0.8)), 0.8) }
#declare Lx = function (u, v) { u }
#declare Lz = function (u, v) { Half(min(max(u, 0.0001), 0.9999)) * cos(Tau * v) }
#declare Ly = function (u, v) { 0.22 * abs(Lz(u, v)) - 0.25 * (u - 0.45) * (u - 0.45) + 0.004 * sin(Tau * v) }
#declare Leaf = object { Surface(Lx, Ly, Lz, 48, 24, false) }
#macro Green(Tone)
  texture {
    pigment {
      function { min(abs(z) * 30, 0.5 + 1.5 * abs(sin(20 * (x - 0.9 * abs(z))))) }
      color_map { [0 rgb <0.3, 0.42, 0.16> * Tone] [0.6 rgb <0.09, 0.22, 0.05> * Tone] [1 rgb <0.06, 0.17, 0.035> * Tone] }
    }
    finish { ambient 0 emission 0.2 diffuse 0.85 specular 0.18 roughness 0.03 }
  }
#end

plane { y, -1.4 Cloth(texture { pigment { rgb <0.02, 0.03, 0.012> } finish { Matt } }) }
#declare Dice = seed(16);
#for (I, 0, 279)
  object {
    Leaf
    Cloth(Green(0.7 + 0.9 * rand(Dice)))
    scale 3 + 2 * rand(Dice)
    rotate <24 * (rand(Dice) - 0.5), 360 * rand(Dice), 10 * (rand(Dice) - 0.5)>
    translate <16 * (rand(Dice) - 0.5), -0.9 + 0.003 * I, -6.5 + 16 * rand(Dice)>
  }
#end

// The cuff's arc leaves a gap towards the camera; its section is a rounded bar, drawn in at both ends.
#declare Turn = function (u) { radians(-62 + 304 * u) }
#declare Ends = function (u) { pow(min(1, 40 * min(u, 1 - u)), 0.5) }
#declare Radius = function (u, v) { 2.5 + 0.1 * Ends(u) * Squared(cos(Tau * v), 0.7) }
#declare Cx = function (u, v) { 1.12 * cos(Turn(u)) * Radius(u, v) }
#declare Cz = function (u, v) { sin(Turn(u)) * Radius(u, v) }
#declare Cy = function (u, v) { (0.3 + 0.42 * pow(sin(pi * u), 2)) * Ends(u) * Squared(sin(Tau * v), 0.6) }
#macro End(U) <1.12 * cos(Turn(U)) * 2.5, 0, sin(Turn(U)) * 2.5> #end

union {
  object { Surface(Cx, Cy, Cz, 200, 48, false) }
  sphere { End(0), 0.36 }
  sphere { End(1), 0.36 }
  texture { Gold }
  rotate <-6, 205, 3>
  translate <0, 1.1, 0.2>
}
