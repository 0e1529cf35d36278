package controller

import (
	"context"
	"fmt"
	"time"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Reconciler brings the environments of a platform to their wanted state.
type Reconciler struct {
	client.Client
	Interval time.Duration
}

// Reconcile is called for each change of an Environment.
func (r *Reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	var environment platformv1.Environment
	if err := r.Get(ctx, req.NamespacedName, &environment); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}

	if environment.Spec.Paused {
		return ctrl.Result{RequeueAfter: 10 * time.Minute}, nil
	}

	for _, component := range environment.Spec.Components {
		if err := r.apply(ctx, &environment, component); err != nil {
			return ctrl.Result{}, fmt.Errorf("apply component %q: %w", component.Name, err)
		}
	}

	/* The status says what stands, not what was asked for. */
	environment.Status.Ready = true
	environment.Status.ObservedGeneration = environment.Generation
	return ctrl.Result{RequeueAfter: r.Interval}, r.Status().Update(ctx, &environment)
}

func main() {
	results := make(chan string, 8)
	defer close(results)
	go func() { results <- "done" }()
	fmt.Println(<-results, len(results) == 0, 'x', 0x1f, 3.14)
}
