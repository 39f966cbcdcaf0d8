/*
 * The table of an experiment: for each point the results of its runs, each
 * number with the interval that contains the true value with 95 % confidence.
 * Nothing in it depends on when, in which order, or by which process runs were
 * done.
 */
#ifndef SWEEP_TABLE_H
#define SWEEP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sweep/runs.h"

/*
 * X(ID, column): the estimates.  Shares are Wilson's, means Student's,
 * percentiles between order statistics.
 */
#define SWEEP_FIGURES(X)                                             \
	X(SET_UP, "set_up_share")                                    \
	X(SRD_MEAN, "session_request_delay_mean_s")                  \
	X(SRD_50, "session_request_delay_p50_s")                     \
	X(SRD_95, "session_request_delay_p95_s")                     \
	X(SRD_99, "session_request_delay_p99_s")                     \
	X(RETX, "retransmissions_per_call")                          \
	X(REGISTERED, "registered_share")                            \
	X(RRD_MEAN, "registration_request_delay_mean_s")             \
	X(SDD_MEAN, "session_disconnect_delay_mean_s")               \
	/* From here on of queues: only where a call had to wait. */ \
	X(WAIT_MEAN, "queue_wait_mean_s")                            \
	X(WAIT_95, "queue_wait_p95_s")                               \
	X(ABANDONED, "queue_abandoned_share")                        \
	X(SERVICE, "queue_service_level_share")                      \
	/* And of media: only where some were heard. */              \
	X(MOS_MEAN, "mos_mean")                                      \
	X(MOS_LEAST, "mos_least")                                    \
	/* The same on other scales, where codecs of theirs were. */ \
	X(MOS_WB_MEAN, "mos_wideband_mean")                          \
	X(MOS_WB_LEAST, "mos_wideband_least")                        \
	X(MOS_FB_MEAN, "mos_fullband_mean")                          \
	X(MOS_FB_LEAST, "mos_fullband_least")                        \
	X(LOST, "media_lost_share")                                  \
	X(LATE, "media_late_share")                                  \
	X(JITTER, "media_jitter_mean_s")

/* Of runs with so few calls each is told by itself, by its place. */
#define SWEEP_PLACES_MAX 8

enum sweep_figure {
#define X(id, column) SWEEP_##id,
	SWEEP_FIGURES(X)
#undef X
	    SWEEP_FIGURE_COUNT
};

struct sweep_interval {
	double low, high;
	bool has_low, has_high; /* there are enough samples to say so */
};

struct sweep_estimate {
	double value;
	struct sweep_interval i;
	bool has; /* there was something to measure */
};

struct sweep_samples {
	double *x;
	size_t n, cap;
};

/* Calls that ended so, a status or an enum measure_end. */
struct sweep_failure {
	unsigned status;
	uint64_t n;
};

struct sweep_row {
	uint64_t runs, failed[SWEEP_END_COUNT]; /* runs with a result */
	uint64_t attempts[MEASURE_KIND_COUNT], good[MEASURE_KIND_COUNT];
	/* The first calls of the runs, the second ones … */
	uint64_t calls[SWEEP_PLACES_MAX], set_up[SWEEP_PLACES_MAX];
	/* Seconds, of successful attempts; repetitions of each call. */
	struct sweep_samples delays[MEASURE_KIND_COUNT], retx;
	/* Of calls that a queue let wait: how long those did that were
	 * answered, and how many were not, and were in time. */
	struct sweep_samples waits;
	uint64_t queued, abandoned, in_time;
	/* Of streams of media that were heard: MOS, the shares of packets
	 * that were lost and late, seconds of jitter. */
	struct sweep_samples mos[MEASURE_SCALE_COUNT], lost, late, jitter;
	struct sweep_failure *failures; /* by status */
	size_t nfailures, failures_cap;
	struct sweep_estimate figures[SWEEP_FIGURE_COUNT];
};

struct sweep_table {
	const struct experiment *e;     /* borrowed */
	struct sweep_row *rows;         /* by point */
	struct sweep_failure *failures; /* of all rows, by status */
	size_t nfailures, failures_cap;
	uint64_t runs, failed;
	size_t most_calls; /* of a run */
	bool queues;       /* calls of some run had to wait */
	bool media;        /* media were heard in some run … */
	unsigned scales;   /* … and rated on these: bits of MEASURE_… */
};

int sweep_table_create(struct sweep_table *t, const struct experiment *e);
void sweep_table_free(struct sweep_table *t);
/* Adds R, the result of a run that came to its end.  0 or ERR_NOMEM. */
int sweep_table_take(struct sweep_table *t, const struct sweep_result *r);
/* After the last sweep_table_take: counts RUNS by how they ended, and makes the
 * estimates. */
void sweep_table_settle(struct sweep_table *t, const struct sweep_runs *runs);

const char *sweep_figure_column(enum sweep_figure f);
/* T shows F. */
bool sweep_table_has(const struct sweep_table *t, enum sweep_figure f);

/* So many calls of a run T shows by themselves: 0 where a run has one, or too
 * many. */
size_t sweep_table_places(const struct sweep_table *t);
/* Of runs that have an Ith call, from 0, in how many it was set up. */
struct sweep_estimate sweep_row_place(const struct sweep_row *row, size_t i);

/* How many calls of ROW ended with STATUS, and their share. */
uint64_t sweep_row_failed(
    const struct sweep_row *row, unsigned status, struct sweep_estimate *share);
/* "486"; "timeout": an end without a status. */
void sweep_put_status(struct buf *b, unsigned status);

/* table_text.c: the table as files. */
void sweep_table_csv(const struct sweep_table *t, struct buf *out);
void sweep_table_json(const struct sweep_table *t, struct buf *out);
/* For people, in their language. */
void sweep_table_text(const struct sweep_table *t, struct buf *out);

/* table_plots.c: plot I from 0: its file's name and its SVG; false where there
 * are no more.  *LEFT_OUT gets how many series it could not show. */
bool sweep_table_plot(const struct sweep_table *t, size_t i, char name[64],
    struct buf *svg, size_t *left_out);

/*
 * table.c: statistics of samples, which are shares, means and percentiles, each
 * with the interval that holds the true value with 95 % confidence. Numbers are
 * sorted before they are added, so that nothing depends on the order they came
 * in.
 *
 * The first is the share HITS of N, with Wilson's score interval. N is not 0.
 */
double sweep_share(uint64_t hits, uint64_t n, struct sweep_interval *i);

/* The mean of N sorted numbers, and Student's interval with N - 1 degrees of
 * freedom; of one number there is none.  N is not 0. */
double sweep_mean(const double *sorted, size_t n, struct sweep_interval *i);

/*
 * The least of N sorted numbers that at least the share P of them do not
 * exceed, and the order statistics around it that hold the true percentile
 * whatever the distribution is (of the number of samples below it, which is
 * binomial); of few samples one or both are missing.  N is not 0.
 */
double sweep_percentile(
    const double *sorted, size_t n, double p, struct sweep_interval *i);

/* T such that Student's distribution with DF degrees of freedom has 95 % of
 * itself between -T and T. */
double sweep_student(double df);

#endif
