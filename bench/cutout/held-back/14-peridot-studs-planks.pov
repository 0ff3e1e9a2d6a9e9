// Two stud earrings with peridots, one face up and one on its side, on light planks.
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<0.2, 4.4, -4.4>, <0, 0.2, -0.05>, 36)
Room(<0.75, 0.75, 0.75>, <0.3, 0.29, 0.27>)
Softbox(<-6, 8, 5>, 6, 6, <0.72, 0.71, 0.69>, 2)
Softbox(<7, 6, -4>, 3, 5, 0.2, 1.5)
Card(<0, 6, -8>, 5, 2, 0.03)

#declare Plank = texture {
  pigment {
    average pigment_map {
      [2 wood turbulence 0.06 omega 0.4 octaves 3 scale <0.22, 0.22, 4> rotate <2.5, 3, 0> translate <3, 0.7, 0>
         color_map { [0 rgb <0.7, 0.55, 0.38>] [0.7 rgb <0.62, 0.46, 0.3>] [1 rgb <0.72, 0.58, 0.42>] }]
      [1 bozo scale <0.02, 1, 0.9> color_map { [0 rgb <0.6, 0.46, 0.31>] [1 rgb <0.78, 0.64, 0.47>] }]
    }
  }
  normal { bozo 0.12 scale <0.02, 1, 0.9> }
  finish { ambient 0 diffuse 0.8 specular 0.08 roughness 0.04 }
}
#for (I, -6, 6)
  box {
    <-0.685, -0.2, -40>, <0.685, 0, 40>
    Cloth(texture { Plank translate <I * 7.3, 0, I * 3.1> })
    translate x * I * 1.4
    rotate y * 62
  }
#end
plane { y, -0.12 Cloth(texture { pigment { rgb <0.03, 0.02, 0.012> } finish { Matt } }) }

// The stone looks up, the post goes down.
#declare Stud = union {
  object { Brilliant scale 0.36 translate y * 0.3 Stone(rgb <0.72, 0.9, 0.3>, 1.75) }
  torus { 0.27, 0.03 translate y * 0.1 }
  torus { 0.13, 0.03 translate y * -0.06 }
  #for (I, 0, 5)
    union {
      cylinder { <0.12, -0.06, 0>, <0.375, 0.3, 0>, 0.033 }
      cylinder { <0.375, 0.3, 0>, <0.34, 0.4, 0>, 0.033 }
      sphere { <0.375, 0.3, 0>, 0.033 }
      sphere { <0.33, 0.41, 0>, 0.045 }
      rotate y * (60 * I + 30)
    }
  #end
  cylinder { y * -1.05, y * -0.05, 0.04 }
  sphere { y * -1.05, 0.04 }
  torus { 0.04, 0.012 translate y * -0.85 }
  texture { WhiteGold }
}
#declare Butterfly = union {
  difference { cylinder { y * -0.05, y * 0.05, 0.2 } cylinder { y * -1, y * 1, 0.05 } }
  torus { 0.11, 0.035 rotate z * 90 rotate y * 90 translate <0.13, 0.12, 0> }
  torus { 0.11, 0.035 rotate z * 90 rotate y * 90 translate <-0.13, 0.12, 0> }
  texture { WhiteGold }
}

// Each lies on the end of its post and on two claws.
#declare Lying = object { Stud rotate y * 30 rotate z * -75.2 translate y * 0.31 }
object { Lying rotate y * 62 translate <-0.95, 0, 0.15> }
object { Lying rotate y * 138 translate <0.95, 0, 0.05> }
object { Butterfly rotate y * 40 translate <0.1, 0.05, -0.85> }
