// A strand of pearls with a gold clasp lies in a loop on dark slate.
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0, 10, -6.5>, <0, 0, -0.2>, 44)
Room(<0.5, 0.52, 0.56>, <0.14, 0.15, 0.17>)
Softbox(<6, 10, 5>, 6, 5, <0.9, 0.88, 0.84>, 2)
Softbox(<-9, 6, -2>, 3, 5, <0.22, 0.24, 0.28>, 1.2)

#declare Slate = texture {
  pigment {
    average pigment_map {
      [2 granite scale <2.5, 1, 1> color_map { [0 rgb <0.022, 0.025, 0.03>] [0.6 rgb <0.06, 0.066, 0.075>] [1 rgb <0.13, 0.135, 0.14>] }]
      [1 wrinkles scale <1.6, 0.5, 0.4> rotate y * 20 color_map { [0 rgb <0.03, 0.034, 0.04>] [1 rgb <0.11, 0.115, 0.125>] }]
    }
  }
  normal { average normal_map { [1 wrinkles 0.9 scale <1.5, 0.4, 0.5> rotate y * 20] [1 granite 0.35 scale 1.2] } }
  finish { ambient 0 diffuse 0.8 specular 0.12 roughness 0.06 }
}
Ground(Slate)

#declare Strand = spline {
  cubic_spline
  -0.1 <-1.6, 0.3, 4> 0 <-0.9, 0.3, 2.45> 0.12 <-2.6, 0.3, 2.3> 0.26 <-3.7, 0.3, 0.7> 0.4 <-2.5, 0.3, -1.5> 0.54 <-0.1, 0.3, -2.4>
  0.68 <2.5, 0.3, -1.6> 0.8 <3.6, 0.3, 0.2> 0.9 <2.4, 0.3, 1.7> 1 <0.36, 0.3, 2.4> 1.1 <-1, 0.3, 3>
}
#declare Places = array[80];
#declare Ways = array[80];
#declare Number = 0;
Walk(Strand, 0.56, Places, Ways, Number)
#declare Dice = seed(13);
#declare Cord = #if (Mask) texture { White } #else texture { pigment { rgb <0.8, 0.74, 0.66> } finish { Matt } } #end

union {
  #for (I, 0, Number - 1)
    #declare Size = 0.255 + 0.02 * rand(Dice);
    #declare Tint = rand(Dice);
    sphere {
      0, Size
      scale <1, 0.97 + 0.05 * rand(Dice), 1>
      translate Places[I] * <1, 0, 1> + y * Size
      Pearl(<0.86, 0.75 + 0.06 * Tint, 0.63 + 0.12 * Tint>)
    }
    #if (I < Number - 1)
      cylinder { Places[I] * <1, 0, 1> + y * 0.26, Places[I + 1] * <1, 0, 1> + y * 0.26, 0.03 texture { Cord } }
    #end
  #end
  // the clasp, between the last pearl and the first
  #declare Gap = Places[Number - 1] - Places[0];
  cylinder { Places[0], Places[Number - 1], 0.03 translate y * -0.05 texture { Cord } }
  union {
    sphere { 0, 0.2 scale <1.4, 1, 1> }
    torus { 0.17, 0.03 rotate z * 90 }
    torus { 0.1, 0.03 rotate x * 90 translate x * 0.36 }
    torus { 0.08, 0.03 rotate x * 45 translate x * 0.5 }
    torus { 0.1, 0.03 translate x * -0.36 }
    texture { Gold }
    LayAlong(Places[0] + Gap / 2 - y * 0.05, vnormalize(Gap))
  }
}
