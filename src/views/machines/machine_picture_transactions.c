/*
 * The figures of the four transaction machines: RFC 3261 17, figures 5 to 8,
 * with what RFC 6026 adds to figures 5 and 7.
 */
#include "views/machines/machine_picture_in.h"

/* clang-format off */
static const struct picture_box ict_boxes[] = {
	{ "calling", 0, 1, 19, 3 },
	{ "proceeding", 5, 5, 18, 3 },
	{ "accepted", 29, 5, 16, 3 },
	{ "completed", 5, 10, 20, 3 },
	{ "terminated", 42, 10, 14, 3 },
};

static const struct picture_route ict_routes[] = {
	{ "none", "calling", { { 16, 0 }, { 16, 1 } },
	  { { "request sent", 18, 0, PLACE_FROM } } },
	{ "calling", "calling", { { 3, 1 }, { 3, 0 }, { 13, 0 }, { 13, 1 } },
	  { { "Timer A", 5, 0, PLACE_FROM } } },
	{ "calling", "terminated", { { 18, 2 }, { 52, 2 }, { 52, 10 } },
	  { { "Timer B", 23, 1, PLACE_FROM }, { "transport error", 0, 0, PLACE_NEXT } } },
	{ "calling", "proceeding", { { 11, 3 }, { 11, 5 } },
	  { { "1xx", 12, 4, PLACE_FROM } } },
	{ "calling", "accepted", { { 16, 3 }, { 16, 4 }, { 32, 4 }, { 32, 5 } },
	  { { "2xx", 23, 4, PLACE_FROM } } },
	{ "calling", "completed", { { 2, 3 }, { 2, 11 }, { 4, 11 } },
	  { { "300-699", 3, 4, PLACE_FROM } } },
	{ "proceeding", "proceeding", { { 7, 7 }, { 7, 8 }, { 10, 8 }, { 10, 7 } },
	  { { "1xx", 12, 8, PLACE_FROM } } },
	{ "proceeding", "accepted", { { 22, 6 }, { 28, 6 } },
	  { { "2xx", 24, 6, PLACE_FROM } } },
	{ "proceeding", "completed", { { 16, 7 }, { 16, 10 } },
	  { { "300-699", 17, 9, PLACE_FROM } } },
	{ "proceeding", "terminated", { { 20, 7 }, { 20, 8 }, { 47, 8 }, { 47, 10 } },
	  { { "given up", 26, 8, PLACE_FROM } } },
	{ "completed", "completed", { { 6, 10 }, { 6, 9 }, { 14, 9 }, { 14, 10 } },
	  { { "300-699", 7, 9, PLACE_FROM } } },
	{ "completed", "terminated", { { 24, 11 }, { 41, 11 } },
	  { { "Timer D", 26, 10, PLACE_FROM }, { "transport error", 26, 12, PLACE_FROM } } },
	{ "accepted", "accepted", { { 35, 5 }, { 35, 4 }, { 41, 4 }, { 41, 5 } },
	  { { "2xx", 37, 4, PLACE_FROM } } },
	{ "accepted", "terminated", { { 43, 7 }, { 43, 10 } },
	  { { "Timer M", 42, 9, PLACE_TO } } },
};

const struct picture_figure picture_ict = {
	.machine = "ICT", .w = 56, .h = 13, FIGURE_TABLES(ict),
	.wide = { 21, 25, 45 }, .high = { 3, 7, 8 },
};

static const struct picture_box nict_boxes[] = {
	{ "trying", 0, 1, 19, 3 },
	{ "proceeding", 5, 6, 23, 3 },
	{ "completed", 5, 10, 23, 3 },
	{ "terminated", 42, 10, 14, 3 },
};

static const struct picture_route nict_routes[] = {
	{ "none", "trying", { { 16, 0 }, { 16, 1 } },
	  { { "request sent", 18, 0, PLACE_FROM } } },
	{ "trying", "trying", { { 3, 1 }, { 3, 0 }, { 13, 0 }, { 13, 1 } },
	  { { "Timer E", 5, 0, PLACE_FROM } } },
	{ "trying", "terminated", { { 18, 2 }, { 52, 2 }, { 52, 10 } },
	  { { "Timer F", 23, 1, PLACE_FROM }, { "transport error", 0, 0, PLACE_NEXT } } },
	{ "trying", "proceeding", { { 11, 3 }, { 11, 6 } },
	  { { "1xx", 12, 4, PLACE_FROM } } },
	{ "trying", "completed", { { 2, 3 }, { 2, 11 }, { 4, 11 } },
	  { { "200-699", 3, 4, PLACE_FROM } } },
	{ "proceeding", "proceeding", { { 13, 6 }, { 13, 5 }, { 26, 5 }, { 26, 6 } },
	  { { "Timer E", 14, 5, PLACE_FROM }, { "1xx", 0, 0, PLACE_NEXT } } },
	{ "proceeding", "terminated", { { 27, 7 }, { 47, 7 }, { 47, 10 } },
	  { { "Timer F", 30, 6, PLACE_FROM }, { "transport error", 30, 8, PLACE_FROM } } },
	{ "proceeding", "completed", { { 14, 8 }, { 14, 10 } },
	  { { "200-699", 13, 9, PLACE_TO } } },
	{ "completed", "completed", { { 17, 10 }, { 17, 9 }, { 25, 9 }, { 25, 10 } },
	  { { "200-699", 18, 9, PLACE_FROM } } },
	{ "completed", "terminated", { { 27, 11 }, { 41, 11 } },
	  { { "Timer K", 31, 11, PLACE_FROM } } },
};

const struct picture_figure picture_nict = {
	.machine = "NICT", .w = 56, .h = 13, FIGURE_TABLES(nict),
	.wide = { 27, 45 }, .high = { 3, 4, 8 },
};

static const struct picture_box ist_boxes[] = {
	{ "proceeding", 2, 1, 16, 3 },
	{ "completed", 2, 6, 16, 3 },
	{ "accepted", 37, 6, 18, 3 },
	{ "confirmed", 2, 11, 16, 3 },
	{ "terminated", 37, 11, 18, 3 },
};

static const struct picture_route ist_routes[] = {
	{ "none", "proceeding", { { 9, 0 }, { 9, 1 } },
	  { { "request", 7, 0, PLACE_TO } } },
	{ "proceeding", "proceeding", { { 12, 1 }, { 12, 0 }, { 16, 0 }, { 16, 1 } },
	  { { "request", 18, 0, PLACE_FROM }, { "1xx sent", 0, 0, PLACE_NEXT },
	    { "transport error", 0, 0, PLACE_NEXT } } },
	{ "proceeding", "accepted", { { 17, 2 }, { 39, 2 }, { 39, 6 } },
	  { { "2xx sent", 24, 2, PLACE_FROM } } },
	{ "proceeding", "completed", { { 9, 3 }, { 9, 6 } },
	  { { "300-699 sent", 10, 4, PLACE_FROM } } },
	{ "completed", "completed", { { 12, 6 }, { 12, 5 }, { 16, 5 }, { 16, 6 } },
	  { { "request", 18, 5, PLACE_FROM }, { "Timer G", 20, 6, PLACE_FROM },
	    { "transport error", 20, 7, PLACE_FROM } } },
	{ "completed", "confirmed", { { 5, 8 }, { 5, 11 } },
	  { { "ACK", 6, 10, PLACE_FROM } } },
	{ "completed", "terminated", { { 12, 8 }, { 12, 9 }, { 41, 9 }, { 41, 11 } },
	  { { "Timer H", 23, 9, PLACE_FROM } } },
	{ "confirmed", "confirmed", { { 12, 11 }, { 12, 10 }, { 16, 10 }, { 16, 11 } },
	  { { "ACK", 18, 10, PLACE_FROM } } },
	{ "confirmed", "terminated", { { 17, 12 }, { 36, 12 } },
	  { { "Timer I", 23, 12, PLACE_FROM } } },
	{ "accepted", "accepted", { { 48, 6 }, { 48, 5 }, { 52, 5 }, { 52, 6 } },
	  { { "request", 41, 2, PLACE_FROM }, { "ACK", 0, 0, PLACE_NEXT },
	    { "2xx sent", 41, 3, PLACE_FROM }, { "transport error", 41, 4, PLACE_FROM } } },
	{ "accepted", "terminated", { { 46, 8 }, { 46, 11 } },
	  { { "Timer L", 47, 9, PLACE_FROM } } },
};

const struct picture_figure picture_ist = {
	.machine = "IST", .w = 56, .h = 14, FIGURE_TABLES(ist),
	.wide = { 20, 35 }, .high = { 8, 9 },
};

static const struct picture_box nist_boxes[] = {
	{ "trying", 4, 1, 18, 3 },
	{ "proceeding", 4, 6, 18, 3 },
	{ "completed", 39, 6, 17, 3 },
	{ "terminated", 39, 10, 17, 4 },
};

static const struct picture_route nist_routes[] = {
	{ "none", "trying", { { 9, 0 }, { 9, 1 } },
	  { { "request", 7, 0, PLACE_TO } } },
	{ "trying", "trying", { { 15, 1 }, { 15, 0 }, { 19, 0 }, { 19, 1 } },
	  { { "request", 21, 0, PLACE_FROM } } },
	{ "trying", "proceeding", { { 9, 3 }, { 9, 6 } },
	  { { "1xx sent", 10, 4, PLACE_FROM } } },
	{ "trying", "completed", { { 21, 2 }, { 43, 2 }, { 43, 6 } },
	  { { "200-699 sent", 25, 2, PLACE_FROM } } },
	{ "trying", "terminated", { { 4, 2 }, { 1, 2 }, { 1, 12 }, { 38, 12 } },
	  { { "given up", 20, 12, PLACE_FROM } } },
	{ "proceeding", "proceeding", { { 15, 6 }, { 15, 5 }, { 19, 5 }, { 19, 6 } },
	  { { "request", 21, 5, PLACE_FROM }, { "1xx sent", 0, 0, PLACE_NEXT } } },
	{ "proceeding", "completed", { { 21, 7 }, { 38, 7 } },
	  { { "200-699 sent", 24, 7, PLACE_FROM } } },
	{ "proceeding", "terminated", { { 9, 8 }, { 9, 11 }, { 38, 11 } },
	  { { "transport error", 12, 11, PLACE_FROM }, { "given up", 0, 0, PLACE_NEXT } } },
	{ "completed", "completed", { { 48, 6 }, { 48, 5 }, { 52, 5 }, { 52, 6 } },
	  { { "request", 47, 4, PLACE_FROM } } },
	{ "completed", "terminated", { { 47, 8 }, { 47, 10 } },
	  { { "Timer J", 48, 9, PLACE_FROM }, { "transport error", 45, 9, PLACE_TO } } },
};

const struct picture_figure picture_nist = {
	.machine = "NIST", .w = 56, .h = 14, FIGURE_TABLES(nist),
	.wide = { 22, 37 }, .high = { 3, 4, 8, 9 },
};
/* clang-format on */
