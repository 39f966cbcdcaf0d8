/*
 * The figures of the four transaction machines: RFC 3261 17, figures 5 to 8,
 * with what RFC 6026 adds to figures 5 and 7.
 */
#include "views/machines/machine_picture_in.h"

/* clang-format off */
static const struct picture_box ict_boxes[] = {
	{ STATE_CALLING, 0, 1, 19, 3 },
	{ STATE_PROCEEDING, 5, 5, 18, 3 },
	{ STATE_ACCEPTED, 29, 5, 16, 3 },
	{ STATE_COMPLETED, 5, 10, 20, 3 },
	{ STATE_TERMINATED, 42, 10, 14, 3 },
};

static const struct picture_route ict_routes[] = {
	{ STATE_NONE, STATE_CALLING, { { 16, 0 }, { 16, 1 } },
	  { { EVENT_REQUEST_SENT, 18, 0, PLACE_FROM } } },
	{ STATE_CALLING, STATE_CALLING, { { 3, 1 }, { 3, 0 }, { 13, 0 }, { 13, 1 } },
	  { { EVENT_TIMER_A, 5, 0, PLACE_FROM } } },
	{ STATE_CALLING, STATE_TERMINATED, { { 18, 2 }, { 52, 2 }, { 52, 10 } },
	  { { EVENT_TIMER_B, 23, 1, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 0, 0, PLACE_NEXT } } },
	{ STATE_CALLING, STATE_PROCEEDING, { { 11, 3 }, { 11, 5 } },
	  { { EVENT_1XX, 12, 4, PLACE_FROM } } },
	{ STATE_CALLING, STATE_ACCEPTED, { { 16, 3 }, { 16, 4 }, { 32, 4 }, { 32, 5 } },
	  { { EVENT_2XX, 23, 4, PLACE_FROM } } },
	{ STATE_CALLING, STATE_COMPLETED, { { 2, 3 }, { 2, 11 }, { 4, 11 } },
	  { { EVENT_300_699, 3, 4, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_PROCEEDING, { { 7, 7 }, { 7, 8 }, { 10, 8 }, { 10, 7 } },
	  { { EVENT_1XX, 12, 8, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_ACCEPTED, { { 22, 6 }, { 28, 6 } },
	  { { EVENT_2XX, 24, 6, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_COMPLETED, { { 16, 7 }, { 16, 10 } },
	  { { EVENT_300_699, 17, 9, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_TERMINATED, { { 20, 7 }, { 20, 8 }, { 47, 8 }, { 47, 10 } },
	  { { EVENT_GIVEN_UP, 26, 8, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_COMPLETED, { { 6, 10 }, { 6, 9 }, { 14, 9 }, { 14, 10 } },
	  { { EVENT_300_699, 7, 9, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_TERMINATED, { { 24, 11 }, { 41, 11 } },
	  { { EVENT_TIMER_D, 26, 10, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 26, 12, PLACE_FROM } } },
	{ STATE_ACCEPTED, STATE_ACCEPTED, { { 35, 5 }, { 35, 4 }, { 41, 4 }, { 41, 5 } },
	  { { EVENT_2XX, 37, 4, PLACE_FROM } } },
	{ STATE_ACCEPTED, STATE_TERMINATED, { { 43, 7 }, { 43, 10 } },
	  { { EVENT_TIMER_M, 42, 9, PLACE_TO } } },
};

const struct picture_figure picture_ict = {
	.machine = "ICT", .w = 56, .h = 13, FIGURE_TABLES(ict),
	.wide = { 21, 25, 45 }, .high = { 3, 7, 8 },
};

static const struct picture_box nict_boxes[] = {
	{ STATE_TRYING, 0, 1, 19, 3 },
	{ STATE_PROCEEDING, 5, 6, 23, 3 },
	{ STATE_COMPLETED, 5, 10, 23, 3 },
	{ STATE_TERMINATED, 42, 10, 14, 3 },
};

static const struct picture_route nict_routes[] = {
	{ STATE_NONE, STATE_TRYING, { { 16, 0 }, { 16, 1 } },
	  { { EVENT_REQUEST_SENT, 18, 0, PLACE_FROM } } },
	{ STATE_TRYING, STATE_TRYING, { { 3, 1 }, { 3, 0 }, { 13, 0 }, { 13, 1 } },
	  { { EVENT_TIMER_E, 5, 0, PLACE_FROM } } },
	{ STATE_TRYING, STATE_TERMINATED, { { 18, 2 }, { 52, 2 }, { 52, 10 } },
	  { { EVENT_TIMER_F, 23, 1, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 0, 0, PLACE_NEXT } } },
	{ STATE_TRYING, STATE_PROCEEDING, { { 11, 3 }, { 11, 6 } },
	  { { EVENT_1XX, 12, 4, PLACE_FROM } } },
	{ STATE_TRYING, STATE_COMPLETED, { { 2, 3 }, { 2, 11 }, { 4, 11 } },
	  { { EVENT_200_699, 3, 4, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_PROCEEDING, { { 13, 6 }, { 13, 5 }, { 26, 5 }, { 26, 6 } },
	  { { EVENT_TIMER_E, 14, 5, PLACE_FROM }, { EVENT_1XX, 0, 0, PLACE_NEXT } } },
	{ STATE_PROCEEDING, STATE_TERMINATED, { { 27, 7 }, { 47, 7 }, { 47, 10 } },
	  { { EVENT_TIMER_F, 30, 6, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 30, 8, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_COMPLETED, { { 14, 8 }, { 14, 10 } },
	  { { EVENT_200_699, 13, 9, PLACE_TO } } },
	{ STATE_COMPLETED, STATE_COMPLETED, { { 17, 10 }, { 17, 9 }, { 25, 9 }, { 25, 10 } },
	  { { EVENT_200_699, 18, 9, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_TERMINATED, { { 27, 11 }, { 41, 11 } },
	  { { EVENT_TIMER_K, 31, 11, PLACE_FROM } } },
};

const struct picture_figure picture_nict = {
	.machine = "NICT", .w = 56, .h = 13, FIGURE_TABLES(nict),
	.wide = { 27, 45 }, .high = { 3, 4, 8 },
};

static const struct picture_box ist_boxes[] = {
	{ STATE_PROCEEDING, 2, 1, 16, 3 },
	{ STATE_COMPLETED, 2, 6, 16, 3 },
	{ STATE_ACCEPTED, 37, 6, 18, 3 },
	{ STATE_CONFIRMED, 2, 11, 16, 3 },
	{ STATE_TERMINATED, 37, 11, 18, 3 },
};

static const struct picture_route ist_routes[] = {
	{ STATE_NONE, STATE_PROCEEDING, { { 9, 0 }, { 9, 1 } },
	  { { EVENT_REQUEST, 7, 0, PLACE_TO } } },
	{ STATE_PROCEEDING, STATE_PROCEEDING, { { 12, 1 }, { 12, 0 }, { 16, 0 }, { 16, 1 } },
	  { { EVENT_REQUEST, 18, 0, PLACE_FROM }, { EVENT_1XX_SENT, 0, 0, PLACE_NEXT },
	    { EVENT_TRANSPORT_ERROR, 0, 0, PLACE_NEXT } } },
	{ STATE_PROCEEDING, STATE_ACCEPTED, { { 17, 2 }, { 39, 2 }, { 39, 6 } },
	  { { EVENT_2XX_SENT, 24, 2, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_COMPLETED, { { 9, 3 }, { 9, 6 } },
	  { { EVENT_300_699_SENT, 10, 4, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_COMPLETED, { { 12, 6 }, { 12, 5 }, { 16, 5 }, { 16, 6 } },
	  { { EVENT_REQUEST, 18, 5, PLACE_FROM }, { EVENT_TIMER_G, 20, 6, PLACE_FROM },
	    { EVENT_TRANSPORT_ERROR, 20, 7, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_CONFIRMED, { { 5, 8 }, { 5, 11 } },
	  { { EVENT_ACK, 6, 10, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_TERMINATED, { { 12, 8 }, { 12, 9 }, { 41, 9 }, { 41, 11 } },
	  { { EVENT_TIMER_H, 23, 9, PLACE_FROM } } },
	{ STATE_CONFIRMED, STATE_CONFIRMED, { { 12, 11 }, { 12, 10 }, { 16, 10 }, { 16, 11 } },
	  { { EVENT_ACK, 18, 10, PLACE_FROM } } },
	{ STATE_CONFIRMED, STATE_TERMINATED, { { 17, 12 }, { 36, 12 } },
	  { { EVENT_TIMER_I, 23, 12, PLACE_FROM } } },
	{ STATE_ACCEPTED, STATE_ACCEPTED, { { 48, 6 }, { 48, 5 }, { 52, 5 }, { 52, 6 } },
	  { { EVENT_REQUEST, 41, 2, PLACE_FROM }, { EVENT_ACK, 0, 0, PLACE_NEXT },
	    { EVENT_2XX_SENT, 41, 3, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 41, 4, PLACE_FROM } } },
	{ STATE_ACCEPTED, STATE_TERMINATED, { { 46, 8 }, { 46, 11 } },
	  { { EVENT_TIMER_L, 47, 9, PLACE_FROM } } },
};

const struct picture_figure picture_ist = {
	.machine = "IST", .w = 56, .h = 14, FIGURE_TABLES(ist),
	.wide = { 20, 35 }, .high = { 8, 9 },
};

static const struct picture_box nist_boxes[] = {
	{ STATE_TRYING, 4, 1, 18, 3 },
	{ STATE_PROCEEDING, 4, 6, 18, 3 },
	{ STATE_COMPLETED, 39, 6, 17, 3 },
	{ STATE_TERMINATED, 39, 10, 17, 4 },
};

static const struct picture_route nist_routes[] = {
	{ STATE_NONE, STATE_TRYING, { { 9, 0 }, { 9, 1 } },
	  { { EVENT_REQUEST, 7, 0, PLACE_TO } } },
	{ STATE_TRYING, STATE_TRYING, { { 15, 1 }, { 15, 0 }, { 19, 0 }, { 19, 1 } },
	  { { EVENT_REQUEST, 21, 0, PLACE_FROM } } },
	{ STATE_TRYING, STATE_PROCEEDING, { { 9, 3 }, { 9, 6 } },
	  { { EVENT_1XX_SENT, 10, 4, PLACE_FROM } } },
	{ STATE_TRYING, STATE_COMPLETED, { { 21, 2 }, { 43, 2 }, { 43, 6 } },
	  { { EVENT_200_699_SENT, 25, 2, PLACE_FROM } } },
	{ STATE_TRYING, STATE_TERMINATED, { { 4, 2 }, { 1, 2 }, { 1, 12 }, { 38, 12 } },
	  { { EVENT_GIVEN_UP, 20, 12, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_PROCEEDING, { { 15, 6 }, { 15, 5 }, { 19, 5 }, { 19, 6 } },
	  { { EVENT_REQUEST, 21, 5, PLACE_FROM }, { EVENT_1XX_SENT, 0, 0, PLACE_NEXT } } },
	{ STATE_PROCEEDING, STATE_COMPLETED, { { 21, 7 }, { 38, 7 } },
	  { { EVENT_200_699_SENT, 24, 7, PLACE_FROM } } },
	{ STATE_PROCEEDING, STATE_TERMINATED, { { 9, 8 }, { 9, 11 }, { 38, 11 } },
	  { { EVENT_TRANSPORT_ERROR, 12, 11, PLACE_FROM }, { EVENT_GIVEN_UP, 0, 0, PLACE_NEXT } } },
	{ STATE_COMPLETED, STATE_COMPLETED, { { 48, 6 }, { 48, 5 }, { 52, 5 }, { 52, 6 } },
	  { { EVENT_REQUEST, 47, 4, PLACE_FROM } } },
	{ STATE_COMPLETED, STATE_TERMINATED, { { 47, 8 }, { 47, 10 } },
	  { { EVENT_TIMER_J, 48, 9, PLACE_FROM }, { EVENT_TRANSPORT_ERROR, 45, 9, PLACE_TO } } },
};

const struct picture_figure picture_nist = {
	.machine = "NIST", .w = 56, .h = 14, FIGURE_TABLES(nist),
	.wide = { 22, 37 }, .high = { 3, 4, 8, 9 },
};
/* clang-format on */
