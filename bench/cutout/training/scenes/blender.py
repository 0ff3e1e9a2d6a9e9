"""From numpy shapes to Blender objects, and sweeping everything away between scenes."""
import bpy
import numpy as np


def add_shape(name, shape, materials):
    """One object from a shape; materials by the names its parts use."""
    used = sorted({p[2] for p in shape.parts})
    verts, loops, starts, mats, smooth = [], [], [], [], []
    nv = nl = 0
    for v, faces, slot, k in shape.parts:
        verts.append(v)
        for f in faces:
            loops.append((f + nv).ravel())
            starts.append(nl + np.arange(len(f)) * f.shape[1])
            nl += f.size
            mats.append(np.full(len(f), used.index(slot)))
            smooth.append(np.full(len(f), k and f.shape[1] <= 4))
        nv += len(v)
    v, lo, st = np.concatenate(verts), np.concatenate(loops), np.concatenate(starts)
    total = np.diff(np.append(st, nl))
    me = bpy.data.meshes.new(name)
    me.vertices.add(nv)
    me.vertices.foreach_set("co", v.astype(np.float32).ravel())
    me.loops.add(nl)
    me.loops.foreach_set("vertex_index", lo.astype(np.int32))
    me.polygons.add(len(st))
    me.polygons.foreach_set("loop_start", st.astype(np.int32))
    me.polygons.foreach_set("loop_total", total.astype(np.int32))
    me.polygons.foreach_set("material_index", np.concatenate(mats).astype(np.int32))
    me.polygons.foreach_set("use_smooth", np.concatenate(smooth))
    for u in used:
        me.materials.append(materials[u])
    me.update(calc_edges=True)
    ob = bpy.data.objects.new(name, me)
    bpy.context.scene.collection.objects.link(ob)
    return ob


def clear():
    for box in (bpy.data.objects, bpy.data.meshes, bpy.data.materials, bpy.data.lights, bpy.data.cameras, bpy.data.worlds):
        bpy.data.batch_remove(list(box))
    bpy.data.batch_remove([i for i in bpy.data.images if i.name not in ("Render Result", "Viewer Node")])
