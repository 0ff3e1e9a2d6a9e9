// A tennis bracelet, clasped, lies in a bent oval on a plain beige sweep.
#declare Fine = 0;
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0, 7.6, -8.4>, <0, 0.1, -0.25>, 38)
Room(<0.62, 0.61, 0.6>, <0.3, 0.29, 0.28>)
Softbox(<-5, 11, 4>, 6, 6, <0.72, 0.71, 0.7>, 2.2)
Softbox(<9, 6, -3>, 3, 5, 0.22, 1.2)
Card(<-8, 4, -6>, 4, 4, 0.02)

#declare Sweep = texture {
  pigment { bozo scale 6 color_map { [0 rgb <0.66, 0.55, 0.43>] [1 rgb <0.69, 0.58, 0.46>] } }
  normal { granite 0.03 scale 0.4 }
  finish { Matt }
}
Ground(Sweep)

#declare Setting = union {
  object { Brilliant scale 0.2 translate y * 0.27 Stone(rgb <0.97, 0.98, 1>, 2.3) }
  difference {
    box { <-0.17, 0.02, -0.17>, <0.17, 0.17, 0.17> }
    cylinder { y * -1, y * 1, 0.12 }
  }
  #for (I, 0, 3)
    union {
      cylinder { <0.15, 0.02, 0.15>, <0.155, 0.31, 0.155>, 0.032 }
      sphere { <0.15, 0.31, 0.15>, 0.04 }
      rotate y * 90 * I
    }
  #end
  // the hinge to the next stone
  cylinder { <0.16, 0.09, -0.07>, <0.28, 0.09, -0.07>, 0.028 }
  cylinder { <0.16, 0.09, 0.07>, <0.28, 0.09, 0.07>, 0.028 }
  texture { WhiteGold }
}

#declare Loop = spline {
  cubic_spline
  -0.1 <2, 0, 2.4> 0 <0.5, 0, 2.15> 0.12 <-1.6, 0, 2.2> 0.26 <-3.2, 0, 1.1> 0.4 <-2.8, 0, -0.9> 0.52 <-0.9, 0, -1.6> 0.62 <0.6, 0, -1.1>
  0.74 <2.3, 0, -1.35> 0.86 <3.3, 0, 0.1> 0.95 <2.6, 0, 1.5> 1 <1.75, 0, 1.95> 1.1 <0.4, 0, 2.3>
}
#declare Places = array[60];
#declare Ways = array[60];
#declare Number = 0;
Walk(Loop, 0.425, Places, Ways, Number)
#declare Dice = seed(15);

union {
  #for (I, 0, Number - 1)
    object { Setting rotate <8 * (rand(Dice) - 0.5), 0, 0> LayAlong(Places[I], Ways[I]) }
  #end
  // the clasp fills the gap: a box with a tongue, and a safety loop
  #declare Gap = Places[Number - 1] - Places[0];
  union {
    superellipsoid { <0.25, 0.25> scale <vlength(Gap) / 2 - 0.17, 0.15, 0.2> }
    torus { 0.17, 0.025 rotate x * 90 scale <1.5, 1, 1> translate <0.05, 0.05, -0.2> }
    texture { WhiteGold }
    LayAlong(Places[0] + Gap / 2 + y * 0.17, vnormalize(Gap))
  }
}
