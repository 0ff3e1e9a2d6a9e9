// A pair of rose gold wedding bands, one leaning on the other, on polished white marble.
#declare Fine = 0;
#include "studio.inc"
#include "materials.inc"
#include "meshes.inc"

Shoot(<-0.8, 4.8, -7>, <-0.25, 0.5, 0>, 31)
Room(<0.45, 0.45, 0.46>, <0.24, 0.24, 0.25>)
Softbox(<-6, 10, 2>, 6, 6, <0.58, 0.58, 0.59>, 1.9)
Softbox(<8, 6, 5>, 3, 5, 0.2, 1.4)
Card(<2, 3, -9>, 4, 3, 0.02)

#declare Marble = texture {
  pigment {
    average pigment_map {
      [2 marble turbulence 1.1 octaves 7 omega 0.62 lambda 2.1 scale 3.2 rotate <20, 55, 0> translate 1.7
         color_map { [0 rgb <0.36, 0.36, 0.38>] [0.08 rgb <0.8, 0.8, 0.81>] [0.3 rgb <0.92, 0.92, 0.92>] [1 rgb <0.95, 0.95, 0.94>] }]
      [1 granite scale 5 color_map { [0 rgb <0.7, 0.7, 0.72>] [0.4 rgb <0.9, 0.9, 0.9>] [1 rgb <0.95, 0.95, 0.95>] }]
    }
  }
  finish { ambient 0 diffuse 0.82 specular 0.2 roughness 0.01 reflection { 0.01, 0.35 fresnel } }
}
#if (Mask) Ground(Marble) #else plane { y, 0 texture { Marble } interior { ior 1.5 } } #end

// A court band: round outside, a little rounded inside. Lies around y, its middle at 0.
#declare Inside = 0.96;
#declare Thick = 0.15;
#declare Wide = 0.46;
#declare Radius = function (u, v) { Inside + Thick * (0.5 + 0.5 * Squared(cos(Tau * v), 0.8)) - 0.05 * pow(abs(sin(Tau * v)), 6) * (cos(Tau * v) > 0) }
#declare Fx = function (u, v) { cos(Tau * u) * Radius(u, v) }
#declare Fz = function (u, v) { sin(Tau * u) * Radius(u, v) }
#declare Fy = function (u, v) { Wide / 2 * Squared(sin(Tau * v), 0.6) }
#declare Band = object { Surface(Fx, Fy, Fz, 240, 60, true) texture { RoseGold } }

object { Band translate <-0.6, Wide / 2, 0> rotate y * -28 }
union {
  object { Band scale <0.88, 0.75, 0.88> }
  // three small stones, flush in the narrower band
  #for (I, -1, 1)
    object { Brilliant scale 0.085 rotate z * -90 translate x * 0.95 rotate y * (I * 12 + 50) Stone(rgb <0.97, 0.98, 1>, 2.3) }
  #end
  rotate z * -30
  translate <0.076, 0.64, 0>
  rotate y * -28
}
