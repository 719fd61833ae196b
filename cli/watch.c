/* watch.c - Control-C and progress: both look at the run from outside, as bindings do. */
#include "cli.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

static gov_run *watched; /* for the signal handler, which can be given nothing else */
static pthread_t follower;
static int following;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;

static void on_interrupt(int number)
{
    (void)number;
    gov_run_cancel(watched);
}

static void print_progress(const cli *self)
{
    int64_t done, total;
    char first[32], second[32];
    gov_run_progress(self->run, &done, &total);
    if (done == 0)
        return;
    if (total > 0)
        fprintf(stderr, "\r%s / %s (%d %%) ", cli_grouped(done, first), cli_grouped(total, second),
                (int)(100.0 * (double)done / (double)total));
    else
        fprintf(stderr, "\r%s ", cli_grouped(done, first));
}

static void *follow(void *argument)
{
    const cli *self = argument;
    pthread_mutex_lock(&lock);
    while (following) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 250000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&ended, &lock, &until);
        print_progress(self);
    }
    pthread_mutex_unlock(&lock);
    fputc('\n', stderr);
    return NULL;
}

int cli_watch_begin(cli *self)
{
    if (gov_run_new(&self->run, &self->err) != GOV_OK)
        return cli_fail(self);
    watched = self->run;
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)(SA_RESTART | SA_RESETHAND); /* a second Control-C ends the process */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (self->progress) {
        following = 1;
        following = pthread_create(&follower, NULL, follow, self) == 0;
    }
    return CLI_DONE;
}

void cli_watch_end(cli *self)
{
    if (self->progress && following) {
        pthread_mutex_lock(&lock);
        following = 0;
        pthread_cond_signal(&ended);
        pthread_mutex_unlock(&lock);
        pthread_join(follower, NULL);
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    gov_run_free(self->run);
    self->run = NULL;
}
