/*
 * A state diagram as SVG for a page, laid out as on the screen
 * (pictures/machines/machine_layout.h): what it shows does not change while the
 * machine runs.  Ids tell what may be lit: k-sN is the Nth state of the table,
 * k-wN the way of the Nth route, k-eN the event of the table's Nth edge.
 */
#ifndef PICTURES_MACHINES_MACHINE_SVG_H
#define PICTURES_MACHINES_MACHINE_SVG_H

#include "pictures/machines/machine_layout.h"

#include "base/buf.h"

/* Lays M out in ROOM columns, or in as many more as it needs.  False where
 * there is no figure of it. */
bool machine_svg_lay_out(
    const struct machine *m, size_t room, struct picture_figure *f);
void machine_svg_put(
    const struct machine *m, const struct picture_figure *f, struct buf *out);
/* A box with STATE in it, as k-s0, of a machine that has no figure; TITLE is
 * what it is. */
void machine_svg_put_state(struct str state, struct str title, struct buf *out);

#endif
