/*
 * The figures of the machines above the transactions: dialog, call,
 * registration (RFC 3261 has none of them), subscription (RFC 6665 figure 1).
 */
#include "views/machines/machine_picture_in.h"

/* clang-format off */
static const struct picture_box dialog_boxes[] = {
	{ "early", 2, 1, 16, 3 },
	{ "confirmed", 33, 1, 23, 3 },
	{ "terminated", 20, 9, 14, 3 },
};

static const struct picture_route dialog_routes[] = {
	{ "none", "early", { { 4, 0 }, { 4, 1 } },
	  { { "1xx", 6, 0, PLACE_FROM }, { "1xx sent", 0, 0, PLACE_NEXT } } },
	{ "none", "confirmed", { { 44, 0 }, { 44, 1 } },
	  { { "2xx", 22, 0, PLACE_FROM }, { "2xx sent", 0, 0, PLACE_NEXT },
	    { "NOTIFY", 0, 0, PLACE_NEXT } } },
	{ "early", "confirmed", { { 17, 2 }, { 32, 2 } },
	  { { "2xx", 18, 2, PLACE_FROM }, { "2xx sent", 0, 0, PLACE_NEXT } } },
	{ "early", "terminated", { { 15, 3 }, { 15, 10 }, { 19, 10 } },
	  { { "300-699", 16, 4, PLACE_FROM }, { "300-699 sent", 16, 5, PLACE_FROM },
	    { "CANCEL", 16, 6, PLACE_FROM }, { "BYE", 16, 7, PLACE_FROM },
	    { "timeout", 16, 8, PLACE_FROM } } },
	{ "confirmed", "confirmed", { { 47, 3 }, { 47, 4 }, { 52, 4 }, { 52, 3 } },
	  { { "target refresh", 55, 5, PLACE_TO } } },
	{ "confirmed", "terminated", { { 37, 3 }, { 37, 10 }, { 34, 10 } },
	  { { "BYE", 38, 4, PLACE_FROM }, { "2xx", 38, 6, PLACE_FROM },
	    { "300-699", 38, 7, PLACE_FROM }, { "timeout", 38, 8, PLACE_FROM },
	    { "NOTIFY terminated", 38, 9, PLACE_FROM } } },
};

const struct picture_figure picture_dialog = {
	.machine = "dialog", .w = 56, .h = 12, FIGURE_TABLES(dialog),
	.wide = { 22, 31 }, .high = { 8 },
};

static const struct picture_box call_boxes[] = {
	{ "idle", 24, 0, 18, 3 },
	{ "calling", 24, 4, 18, 5 },
	{ "proceeding", 24, 11, 18, 5 },
	{ "early", 24, 18, 18, 5 },
	{ "confirmed", 24, 25, 18, 4 },
	{ "terminating", 47, 25, 15, 3 },
	{ "terminated", 47, 32, 15, 3 },
};

/* What ends a call runs on the right, all else on the left. */
static const struct picture_route call_routes[] = {
	{ "idle", "calling", { { 29, 2 }, { 29, 4 } },
	  { { "INVITE sent", 28, 3, PLACE_TO } } },
	{ "idle", "proceeding", { { 24, 1 }, { 6, 1 }, { 6, 12 }, { 23, 12 } },
	  { { "INVITE received", 8, 1, PLACE_FROM } } },
	{ "idle", "confirmed", { { 24, 1 }, { 3, 1 }, { 3, 27 }, { 23, 27 } },
	  { { "2xx", 20, 27, PLACE_FROM } } },
	{ "calling", "calling", { { 36, 4 }, { 36, 3 }, { 40, 3 }, { 40, 4 } },
	  { { "INVITE sent", 42, 3, PLACE_FROM } } },
	{ "calling", "proceeding", { { 36, 8 }, { 36, 11 } },
	  { { "100", 37, 9, PLACE_FROM }, { "300-399", 0, 0, PLACE_NEXT } } },
	{ "calling", "early", { { 24, 6 }, { 14, 6 }, { 14, 20 }, { 23, 20 } },
	  { { "1xx", 20, 6, PLACE_FROM } } },
	{ "calling", "confirmed", { { 24, 7 }, { 18, 7 }, { 18, 26 }, { 23, 26 } },
	  { { "2xx", 20, 7, PLACE_FROM } } },
	{ "calling", "terminating", { { 41, 5 }, { 66, 5 }, { 66, 26 }, { 62, 26 } },
	  { { "cancel", 44, 5, PLACE_FROM } } },
	{ "calling", "terminated", { { 41, 7 }, { 64, 7 }, { 64, 33 }, { 62, 33 } },
	  { { "300-699", 44, 6, PLACE_FROM }, { "timeout", 0, 0, PLACE_NEXT } } },
	{ "proceeding", "calling", { { 30, 11 }, { 30, 8 } },
	  { { "INVITE sent", 29, 10, PLACE_TO } } },
	{ "proceeding", "proceeding", { { 38, 11 }, { 38, 10 }, { 40, 10 }, { 40, 11 } },
	  { { "1xx sent", 42, 10, PLACE_FROM } } },
	{ "proceeding", "early", { { 36, 15 }, { 36, 18 } },
	  { { "1xx", 37, 16, PLACE_FROM }, { "1xx sent", 0, 0, PLACE_NEXT },
	    { "2xx sent", 0, 0, PLACE_NEXT } } },
	{ "proceeding", "confirmed", { { 24, 14 }, { 18, 14 }, { 18, 26 }, { 23, 26 } },
	  { { "2xx", 20, 14, PLACE_FROM } } },
	{ "proceeding", "terminating", { { 41, 12 }, { 66, 12 }, { 66, 26 }, { 62, 26 } },
	  { { "CANCEL", 44, 12, PLACE_FROM } } },
	{ "proceeding", "terminated", { { 41, 14 }, { 64, 14 }, { 64, 33 }, { 62, 33 } },
	  { { "300-699", 44, 13, PLACE_FROM }, { "timeout", 0, 0, PLACE_NEXT },
	    { "300-699 sent", 44, 14, PLACE_FROM },
	    { "CANCEL received", 44, 15, PLACE_FROM } } },
	{ "early", "calling", { { 24, 19 }, { 10, 19 }, { 10, 5 }, { 23, 5 } },
	  { { "INVITE sent", 11, 5, PLACE_FROM } } },
	{ "early", "proceeding", { { 30, 18 }, { 30, 15 } },
	  { { "300-399", 29, 17, PLACE_TO } } },
	{ "early", "early", { { 38, 18 }, { 38, 17 }, { 40, 17 }, { 40, 18 } },
	  { { "1xx", 42, 17, PLACE_FROM }, { "1xx sent", 0, 0, PLACE_NEXT },
	    { "re-INVITE received", 43, 18, PLACE_FROM } } },
	{ "early", "confirmed", { { 33, 22 }, { 33, 25 } },
	  { { "2xx", 34, 23, PLACE_FROM }, { "ACK", 34, 24, PLACE_FROM },
	    { "timeout", 0, 0, PLACE_NEXT } } },
	{ "early", "terminating", { { 41, 19 }, { 66, 19 }, { 66, 26 }, { 62, 26 } },
	  { { "CANCEL", 44, 19, PLACE_FROM }, { "BYE", 0, 0, PLACE_NEXT } } },
	{ "early", "terminated", { { 41, 21 }, { 64, 21 }, { 64, 33 }, { 62, 33 } },
	  { { "300-699", 44, 20, PLACE_FROM }, { "timeout", 0, 0, PLACE_NEXT },
	    { "300-699 sent", 44, 21, PLACE_FROM },
	    { "CANCEL received", 44, 22, PLACE_FROM },
	    { "BYE received", 44, 23, PLACE_FROM } } },
	{ "confirmed", "confirmed", { { 27, 28 }, { 27, 29 }, { 31, 29 }, { 31, 28 } },
	  { { "re-INVITE", 25, 29, PLACE_TO }, { "300-699", 0, 0, PLACE_NEXT },
	    { "re-INVITE received", 25, 30, PLACE_TO }, { "transfer", 22, 31, PLACE_TO } } },
	{ "confirmed", "terminating", { { 41, 26 }, { 46, 26 } },
	  { { "BYE", 42, 26, PLACE_FROM } } },
	{ "confirmed", "terminated", { { 36, 28 }, { 36, 33 }, { 46, 33 } },
	  { { "BYE received", 35, 31, PLACE_TO }, { "not sent", 35, 32, PLACE_TO } } },
	{ "terminating", "terminated", { { 57, 27 }, { 57, 32 } },
	  { { "2xx", 56, 28, PLACE_TO }, { "300-699", 0, 0, PLACE_NEXT },
	    { "timeout", 56, 29, PLACE_TO }, { "BYE received", 56, 30, PLACE_TO } } },
};

const struct picture_figure picture_call = {
	.machine = "call", .w = 67, .h = 35, FIGURE_TABLES(call),
	.wide = { 43 }, .high = { 24 },
};

static const struct picture_box registration_boxes[] = {
	{ "unregistered", 0, 2, 18, 4 },
	{ "registering", 43, 2, 18, 4 },
	{ "registered", 43, 10, 18, 4 },
	{ "refreshing", 43, 18, 18, 4 },
	{ "unregistering", 0, 10, 26, 4 },
	{ "failed", 8, 18, 18, 4 },
};

/* A 2xx that gives no time joins the other one; what comes of a failure, and
 * what fails in the first place, runs around below. */
static const struct picture_route registration_routes[] = {
	{ "unregistered", "registering", { { 17, 3 }, { 42, 3 } },
	  { { "register", 25, 3, PLACE_FROM } } },
	{ "unregistered", "unregistering", { { 8, 5 }, { 8, 10 } },
	  { { "unregister", 9, 9, PLACE_FROM } } },
	{ "unregistered", "registered", { { 13, 5 }, { 13, 7 }, { 33, 7 }, { 33, 11 }, { 42, 11 } },
	  { { "before the run", 16, 7, PLACE_FROM } } },
	{ "registering", "registering", { { 55, 2 }, { 55, 1 }, { 58, 1 }, { 58, 2 } },
	  { { "401", 53, 0, PLACE_TO }, { "407", 0, 0, PLACE_NEXT }, { "423", 0, 0, PLACE_NEXT },
	    { "elsewhere", 53, 1, PLACE_TO }, { "next server", 0, 0, PLACE_NEXT } } },
	{ "registering", "registered", { { 50, 5 }, { 50, 10 } },
	  { { "2xx", 51, 7, PLACE_FROM } } },
	{ "registering", "unregistered", { { 43, 4 }, { 18, 4 } },
	  { { "2xx not bound", 22, 4, PLACE_FROM } } },
	{ "registering", "failed", { { 60, 4 }, { 64, 4 }, { 64, 26 }, { 12, 26 }, { 12, 21 } },
	  { { "300-699", 26, 26, PLACE_FROM }, { "timeout", 0, 0, PLACE_NEXT },
	    { "not sent", 0, 0, PLACE_NEXT } } },
	{ "registered", "refreshing", { { 59, 13 }, { 59, 18 } },
	  { { "Timer refresh", 58, 15, PLACE_TO }, { "register", 58, 16, PLACE_TO } } },
	{ "registered", "unregistering", { { 43, 12 }, { 26, 12 } },
	  { { "unregister", 28, 12, PLACE_FROM } } },
	{ "refreshing", "refreshing", { { 55, 21 }, { 55, 22 }, { 58, 22 }, { 58, 21 } },
	  { { "401", 53, 22, PLACE_TO }, { "407", 0, 0, PLACE_NEXT }, { "423", 0, 0, PLACE_NEXT },
	    { "elsewhere", 53, 23, PLACE_TO }, { "next server", 0, 0, PLACE_NEXT } } },
	{ "refreshing", "registered", { { 44, 18 }, { 44, 13 } },
	  { { "2xx", 45, 17, PLACE_FROM } } },
	{ "refreshing", "unregistered", { { 43, 19 }, { 40, 19 }, { 40, 4 }, { 18, 4 } },
	  { { "2xx not bound", 39, 17, PLACE_TO } } },
	{ "refreshing", "failed", { { 43, 20 }, { 26, 20 } },
	  { { "300-699", 29, 19, PLACE_FROM }, { "timeout", 30, 20, PLACE_FROM },
	    { "not sent", 29, 21, PLACE_FROM } } },
	{ "unregistering", "unregistering", { { 2, 13 }, { 2, 14 }, { 6, 14 }, { 6, 13 } },
	  { { "401", 1, 15, PLACE_FROM }, { "407", 0, 0, PLACE_NEXT },
	    { "elsewhere", 1, 16, PLACE_FROM }, { "next server", 0, 17, PLACE_FROM } } },
	{ "unregistering", "unregistered", { { 3, 10 }, { 3, 5 } },
	  { { "2xx", 4, 7, PLACE_FROM } } },
	{ "unregistering", "failed", { { 23, 13 }, { 23, 18 } },
	  { { "300-699", 24, 14, PLACE_FROM }, { "timeout", 24, 15, PLACE_FROM },
	    { "not sent", 24, 16, PLACE_FROM } } },
	{ "failed", "registering", { { 17, 21 }, { 17, 24 }, { 62, 24 }, { 62, 3 }, { 61, 3 } },
	  { { "register", 31, 24, PLACE_FROM } } },
	{ "failed", "unregistering", { { 12, 18 }, { 12, 13 } },
	  { { "unregister", 13, 17, PLACE_FROM } } },
};

const struct picture_figure picture_registration = {
	.machine = "registration", .w = 66, .h = 27,
	FIGURE_TABLES(registration),
	.wide = { 27, 41 }, .high = { 8, 13 },
};

static const struct picture_box subscription_boxes[] = {
	{ "init", 0, 1, 8, 3 },
	{ "notify_wait", 21, 1, 16, 3 },
	{ "pending", 3, 8, 14, 3 },
	{ "active", 39, 8, 14, 3 },
	{ "terminated", 22, 15, 14, 3 },
};

static const struct picture_route subscription_routes[] = {
	{ "init", "notify_wait", { { 7, 2 }, { 20, 2 } },
	  { { "SUBSCRIBE", 9, 2, PLACE_FROM }, { "REFER sent", 9, 1, PLACE_FROM },
	    { "REFER", 9, 0, PLACE_FROM } } },
	{ "notify_wait", "notify_wait", { { 25, 1 }, { 25, 0 }, { 32, 0 }, { 32, 1 } },
	  { { "2xx", 27, 0, PLACE_FROM } } },
	{ "notify_wait", "pending", { { 24, 3 }, { 24, 4 }, { 6, 4 }, { 6, 8 } },
	  { { "NOTIFY pending", 8, 4, PLACE_FROM } } },
	{ "notify_wait", "active", { { 30, 3 }, { 30, 4 }, { 49, 4 }, { 49, 8 } },
	  { { "NOTIFY active", 33, 4, PLACE_FROM }, { "NOTIFY active sent", 48, 5, PLACE_TO } } },
	{ "notify_wait", "terminated", { { 36, 2 }, { 55, 2 }, { 55, 16 }, { 36, 16 } },
	  { { "NOTIFY terminated", 38, 1, PLACE_FROM }, { "not sent", 38, 0, PLACE_FROM },
	    { "timeout", 38, 2, PLACE_FROM },
	    { "stop", 0, 0, PLACE_NEXT }, { "300-699", 38, 3, PLACE_FROM },
	    { "Timer N", 0, 0, PLACE_NEXT } } },
	{ "pending", "pending", { { 10, 8 }, { 10, 7 }, { 14, 7 }, { 14, 8 } },
	  { { "NOTIFY pending", 8, 6, PLACE_FROM }, { "SUBSCRIBE", 16, 7, PLACE_FROM } } },
	{ "pending", "active", { { 16, 9 }, { 38, 9 } },
	  { { "NOTIFY active", 21, 9, PLACE_FROM } } },
	{ "pending", "terminated", { { 8, 10 }, { 8, 16 }, { 21, 16 } },
	  { { "NOTIFY terminated", 9, 11, PLACE_FROM }, { "300-699", 9, 12, PLACE_FROM },
	    { "stop", 0, 0, PLACE_NEXT }, { "Timer N", 9, 13, PLACE_FROM },
	    { "timeout", 0, 0, PLACE_NEXT }, { "Timer expire", 9, 14, PLACE_FROM } } },
	{ "active", "active", { { 42, 8 }, { 42, 7 }, { 46, 7 }, { 46, 8 } },
	  { { "NOTIFY active", 47, 6, PLACE_TO }, { "SUBSCRIBE", 40, 7, PLACE_TO } } },
	{ "active", "terminated", { { 47, 10 }, { 47, 16 }, { 36, 16 } },
	  { { "NOTIFY terminated", 46, 11, PLACE_TO }, { "NOTIFY terminated sent", 46, 12, PLACE_TO },
	    { "300-699", 31, 13, PLACE_FROM }, { "Timer N", 0, 0, PLACE_NEXT },
	    { "Timer expire", 26, 14, PLACE_FROM }, { "timeout", 0, 0, PLACE_NEXT },
	    { "stop", 46, 15, PLACE_TO } } },
};

const struct picture_figure picture_subscription = {
	.machine = "subscription", .w = 56, .h = 18,
	FIGURE_TABLES(subscription),
	.wide = { 18, 38 }, .high = { 6, 10, 11 },
};
/* clang-format on */
