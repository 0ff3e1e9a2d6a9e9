// A crescent in a ring, on a fine gold chain, on raw linen.
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0, 10.5, -4.2>, <0, 0, 0.25>, 38)
Room(<0.6, 0.6, 0.6>, <0.25, 0.24, 0.22>)
Softbox(<-8, 11, 3>, 6, 8, <0.78, 0.76, 0.72>, 1.9)
Softbox(<7, 6, -7>, 4, 4, 0.18, 1.1)
Card(<4, 8, 6>, 3, 6, 0.02)

// Threads over and under each other, some thicker than others.
#declare Warp = function { abs(sin(pi * x / 0.055)) }
#declare Weft = function { abs(sin(pi * z / 0.06)) }
#declare Over = function { 0.5 + 0.5 * select(sin(pi * x / 0.055) * sin(pi * z / 0.06), -1, 1) }
#declare Threads = function { 0.1 + 0.9 * (Over(x, y, z) * Warp(x, y, z) + (1 - Over(x, y, z)) * Weft(x, y, z)) }
#declare Linen = texture {
  pigment {
    average pigment_map {
      [2 function { Threads(x, y, z) } color_map { [0 rgb <0.2, 0.17, 0.13>] [1 rgb <0.62, 0.56, 0.46>] }]
      [1 bozo scale <0.05, 1, 1.6> color_map { [0 rgb <0.4, 0.35, 0.27>] [1 rgb <0.66, 0.6, 0.5>] }]
      [1 bozo scale <1.8, 1, 0.06> color_map { [0 rgb <0.42, 0.37, 0.29>] [1 rgb <0.64, 0.58, 0.48>] }]
    }
  }
  normal { function { Threads(x, y, z) } 0.25 accuracy 0.004 }
  finish { Matt }
}
Ground(Linen)

#declare Right = spline {
  cubic_spline
  -0.1 <-0.15, 0.1, -1.6> 0 <0.07, 0.1, -0.55> 0.15 <0.55, 0.1, 0.25> 0.35 <1.7, 0.1, 0.9> 0.55 <2.9, 0.1, 1.7>
  0.7 <2.95, 0.1, 2.9> 0.85 <1.7, 0.1, 3.0> 1 <1.1, 0.1, 3.9> 1.1 <1, 0.1, 5>
}
#declare Left = spline {
  cubic_spline
  -0.1 <0.15, 0.1, -1.6> 0 <-0.07, 0.1, -0.55> 0.2 <-0.75, 0.1, 0.3> 0.4 <-2.1, 0.1, 0.75> 0.6 <-3.2, 0.1, 1.5> 0.8 <-2.9, 0.1, 2.8>
  1 <-2.2, 0.1, 4> 1.1 <-2, 0.1, 5>
}

#declare Places = array[120];
#declare Ways = array[120];
#declare Number = 0;
#declare Dice = seed(12);
#macro Chain(Path)
  Walk(Path, 0.168, Places, Ways, Number)
  #for (I, 0, Number - 1)
    torus { 0.092, 0.024 scale <1.3, 1, 1> rotate x * (mod(I, 2) * 90 - 45 + 16 * (rand(Dice) - 0.5)) LayAlong(Places[I], Ways[I]) }
  #end
#end

#declare Moon = difference {
  intersection { cylinder { 0, y * 0.2, 0.66 } sphere { y * -1.05, 1.22 } }
  cylinder { y * -1, y * 1, 0.53 translate x * 0.26 }
}

union {
  Chain(Right)
  Chain(Left)
  torus { 0.13, 0.03 rotate z * 60 rotate y * 90 translate <0, 0.13, -0.62> }
  union {
    torus { 0.82, 0.055 }
    torus { 0.1, 0.035 translate z * 0.92 }
    object { Moon translate <-0.13, -0.045, 0> }
    cylinder { <0.32, 0, 0>, <0.8, 0, 0>, 0.022 }
    cylinder { <0.32, -0.02, 0>, <0.32, 0.05, 0>, 0.15 }
    object { Brilliant scale 0.12 translate <0.32, 0.07, 0> Stone(rgb <0.97, 0.98, 1>, 2.2) }
    rotate y * 6
    translate <0.05, 0.06, -1.65>
  }
  texture { Gold }
}
