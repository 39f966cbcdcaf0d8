/*
 * The machines of a node at a position, for a page: the diagram of one as SVG,
 * and its lit parts now, so that a page only changes classes while the machine
 * runs.
 */
#ifndef PICTURES_MACHINES_MACHINES_FIGURE_H
#define PICTURES_MACHINES_MACHINES_FIGURE_H

#include "base/buf.h"
#include "base/field.h"
#include "pictures/machines/machine_layout.h"
#include "pictures/machines/machines_view.h"

/* What members of the figure's object have: docs/TRACE.md. */
extern const struct field figure_machine_fields[], figure_timer_fields[],
    figure_step_fields[];

/* Appends members of the object that is open: svg, lit, node, title, id, step,
 * machines, timers, lines; `lit` with svg_put_lit.  The diagram is ROOM columns
 * wide where it can be; `svg` is empty where nothing lives there. */
void machines_figure_put(
    const struct machines_view *v, size_t room, struct buf *out);

/*
 * Lays M out in ROOM columns, or in as many more as it needs, as on the screen
 * (pictures/machines/machine_layout.h). False where there is no figure of it.
 */
bool machine_svg_lay_out(
    const struct machine *m, size_t room, struct picture_figure *f);
/*
 * Appends the diagram as SVG: what it shows does not change while the machine
 * runs. Ids tell what may be lit: k-sN is the Nth state of the table, k-wN the
 * way of the Nth route, k-eN the event of the table's Nth edge.
 */
void machine_svg_put(
    const struct machine *m, const struct picture_figure *f, struct buf *out);

#endif
