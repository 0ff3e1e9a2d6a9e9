const words = (list: string): string[] => list.trim().split(/\s+/);

/** Words of courtesy and grammar: they ask for nothing, even by themselves. */
export const COURTESY = new Set(
  words(`please kindly could would can you i we i'd like want need wish make makes making made it its this that these those the a an is are be been have has had having get
  give gives with of in on to into for at by from as so than such just also only now again still all overall whole entire
  picture image photo photograph shot scene frame look looks looking appear appearance feel feeling seem effect tone tones result version
  do does go let out one thing things bit little thanks thank hello hi ok okay yes well too enough very much quite rather really lot lots
  my our your me us what which who there here will should shall must may might
  slightly same level levels overly not no don't without never and or degree degrees percent`),
);

/** Words that name what a picture shows. By themselves they are a wish that only they could tell: "add pearls", "make it a bracelet". */
export const THINGS =
  words(`ornament ornaments piece pieces jewellery jewelry jewel jewels product item items ring rings band bands necklace necklaces pendant pendants
  earring earrings bracelet bracelets bangle bangles chain chains brooch brooches watch stone stones gem gems gemstone gemstones diamond diamonds sapphire ruby
  emerald pearl pearls metal metals gold golden silver platinum copper steel jewelled accent accents detail finish colour colours coloured light lighting`);

/** Words that a wish may be wrapped in: beside one that was understood they say nothing. */
export const FILLER = new Set([
  ...COURTESY,
  ...THINGS,
  ...words(`more most even some any add adding apply use using set change changes changing turn turned turning put bring let increase increased increasing boost raise
  enhance improve replace replaced up less fewer stronger higher high greater heavier instead because since level swap switch show everything behind beneath underneath below under back`),
]);
