/* govcore.h - every public header of libgovcore. */
#ifndef GOVCORE_H
#define GOVCORE_H

#include "govcore/base.h"
#include "govcore/table.h"
#include "govcore/code.h"
#include "govcore/geo.h"
#include "govcore/need.h"
#include "govcore/need/budget.h"
#include "govcore/need/sensitivity.h"
#include "govcore/trend.h"
#include "govcore/store.h"
#include "govcore/pipeline.h"

#endif
