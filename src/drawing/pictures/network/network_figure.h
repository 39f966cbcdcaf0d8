/*
 * The network at a position, for a page: the picture as SVG, laid out as on the
 * screen (pictures/network/network_picture.h), its lit parts now, and the
 * messages under way with the times at which they are on each link; by which
 * the page moves them until the next record.
 */
#ifndef PICTURES_NETWORK_NETWORK_FIGURE_H
#define PICTURES_NETWORK_NETWORK_FIGURE_H

#include "base/field.h"
#include "pictures/network/network_view.h"

/* What members of the figure's object have: docs/TRACE.md. */
extern const struct field figure_flight_fields[], figure_leg_fields[];

/* Appends members of the object that is open: svg, lit, flights, more, lines.
 * Ids: k-nN is the Nth node of the trace's head, k-lN the way of a link, from
 * its a to its b.  It is W columns wide, or as wide as it needs, and H lines
 * high; false, and no member, where there is no picture of it. */
bool network_figure_put(
    const struct network_view *v, size_t w, size_t h, struct buf *out);

#endif
