// A silver filigree brooch with a moonstone on crumpled paper.
#declare Lamps = 3;
#declare Fine = 0;
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0.3, 8.2, -4.4>, <0, 0, -0.05>, 33)
Room(<0.4, 0.4, 0.4>, <0.2, 0.2, 0.19>)
Softbox(<-9, 7, 3>, 4, 5, <0.72, 0.7, 0.68>, 2)
Softbox(<6, 9, -4>, 5, 5, 0.2, 1.1)
Card(<3, 6, 7>, 5, 2, 0.02)

#declare Paper = texture {
  pigment {
    average pigment_map {
      [3 bozo scale 2 color_map { [0 rgb <0.74, 0.68, 0.57>] [1 rgb <0.8, 0.74, 0.64>] }]
      [1 granite scale 0.3 color_map { [0 rgb <0.6, 0.54, 0.44>] [1 rgb <0.84, 0.78, 0.68>] }]
    }
  }
  normal { granite 0.12 scale 0.4 }
  finish { Matt }
}
// Folds of two sizes, as real relief.
#declare Folds = function { pattern { crackle form <1, 0, 0> metric 2 scale 0.16 } }
#declare Creases = function { pattern { crackle form <1, 0, 0> metric 2 scale 0.06 } }
height_field {
  function 500, 500 { 0.6 * Folds(x, y, 0) + 0.25 * Creases(x + 3, y, 0.5) }
  smooth
  translate <-0.5, 0, -0.5>
  scale <14, 1.1, 14>
  translate y * -0.75
  Cloth(Paper)
}

// A wire that winds in from the rim: a scroll in the plane y = 0, as short round rods.
#macro Scroll(Turns, From, To, Wire)
  #local Steps = 70;
  #for (I, 0, Steps - 1)
    #local A = I / Steps;
    #local B = (I + 1) / Steps;
    #local P = vrotate(x * (From + (To - From) * A), y * 360 * Turns * A);
    #local Q = vrotate(x * (From + (To - From) * B), y * 360 * Turns * B);
    cylinder { P, Q, Wire }
    sphere { Q, Wire }
  #end
  sphere { vrotate(x * To, y * 360 * Turns), Wire * 2 }
#end
#declare Petal = union {
  torus { 0.5, 0.05 scale <1, 1, 0.72> translate x * 1.12 }
  union { Scroll(1.6, 0.26, 0.06, 0.028) translate <1.28, 0, 0.06> }
  union { Scroll(-1.4, 0.17, 0.05, 0.026) rotate y * 180 translate <0.83, 0, 0> }
  sphere { <1.66, 0, 0>, 0.09 }
}

union {
  #for (I, 0, 7)
    object { Petal rotate z * 7 rotate y * 45 * I }
    sphere { <1.28, 0.05, 0>, 0.07 rotate y * (45 * I + 22.5) }
    cylinder { <0.5, 0.04, 0>, <1.28, 0.05, 0>, 0.03 rotate y * (45 * I + 22.5) }
  #end
  torus { 0.48, 0.06 translate y * 0.1 }
  #for (I, 0, 27) sphere { <0.56, 0.13, 0>, 0.045 rotate y * I * 360 / 28 } #end
  difference { cylinder { 0, y * 0.16, 0.46 } sphere { y * 0.4, 0.42 } }
  sphere {
    0, 0.4
    scale <1, 0.6, 1>
    translate y * 0.14
    #if (Mask) texture { White } #else
      texture { pigment { rgb <0.62, 0.72, 0.86> } finish { ambient 0 diffuse 0.6 specular 0.6 roughness 0.004 reflection { 0.03, 0.6 fresnel } } }
      interior { ior 1.52 }
    #end
  }
  // the pin behind, whose point shows beside the rim
  cylinder { <-1.75, -0.06, 0.45>, <1.85, -0.06, 0.45>, 0.03 }
  texture { Silver }
  rotate y * 14
  translate y * 0.2
}
