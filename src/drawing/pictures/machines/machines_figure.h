/*
 * The machines of a node at a position, for a page: the diagram of one as SVG,
 * and what of it is lit now, so that whoever shows it changes but classes while
 * the machine runs.
 */
#ifndef PICTURES_MACHINES_MACHINES_FIGURE_H
#define PICTURES_MACHINES_MACHINES_FIGURE_H

#include "base/field.h"
#include "pictures/machines/machines_view.h"

/* What members of the figure's object have: docs/JSON.md. */
extern const struct field figure_machine_fields[], figure_timer_fields[],
    figure_step_fields[];

/* Appends members of the object that is open: svg, lit, node, title, id, step,
 * machines, timers, lines; `lit` with svg_put_lit.  The diagram is ROOM columns
 * wide where it can be; `svg` is empty where nothing lives there. */
void machines_figure_put(
    const struct machines_view *v, size_t room, struct buf *out);

#endif
