"""How the lab looks, as far as its widgets do not say so themselves."""

STYLE = """<style>
.arsim-lab .widget-html-content, .arsim-lab .jp-RenderedHTMLCommon { line-height: 1.4; }
.arsim-lab .arsim-caption { font-size: 12px; line-height: 1.35; white-space: normal; }
.arsim-lab .jupyter-widget-Collapse-header { padding: 4px 10px; }
.arsim-lab .jupyter-widget-Collapse-contents { padding: 8px; }
.arsim-lab .arsim-asleep { font-size: 12px; line-height: 1.35; white-space: normal; opacity: .75; font-style: italic; margin: 0 0 4px; }
.arsim-lab .arsim-small { font-size: 12px; line-height: 1.4; margin: 2px 0; }
.arsim-lab .arsim-problems { color: #b42318; font-size: 12px; margin: 4px 0; padding-left: 18px; overflow-wrap: anywhere; }
.arsim-lab .arsim-saved { font-size: 12px; line-height: 1.4; margin: 4px 0; overflow-wrap: anywhere; }
.arsim-lab .arsim-panel > * { flex-shrink: 0; }
.arsim-lab .arsim-panel > .arsim-said { position: sticky; top: 0; z-index: 1; background: var(--jp-layout-color1, white); }
.arsim-lab .arsim-status { margin: 0 8px; }
.arsim-lab .arsim-headline ul, .arsim-lab .arsim-basis ul { margin: 2px 0 6px; padding-left: 20px; }
.arsim-lab .arsim-table, .arsim-lab .arsim-table .widget-html-content { max-width: 100%; min-width: 0; }
.arsim-lab .arsim-table td { white-space: normal; overflow-wrap: normal; word-break: normal; }
.arsim-lab .arsim-headline p, .arsim-lab .arsim-basis p { margin: 6px 0 2px; }
.arsim-lab .arsim-how-many { margin: 2px 0; }
.arsim-lab .arsim-sure p { margin: 4px 0; }
.arsim-lab .arsim-meeting { margin: 8px 0; --jp-widgets-horizontal-tab-width: 180px; }
.arsim-lab .arsim-meeting p { margin: 4px 0; line-height: 1.4; }
.arsim-lab .arsim-meeting ul { margin: 2px 0 6px; padding-left: 20px; }
.arsim-lab .arsim-meeting .arsim-advice { font-weight: 600; }
.arsim-lab .arsim-meeting .arsim-open { text-decoration: underline; }
.arsim-lab .arsim-meeting .arsim-lines td { white-space: nowrap !important; }
.arsim-lab .arsim-meeting .arsim-front-table td:not(:first-child) { white-space: pre !important; line-height: 1.3; padding-bottom: 4px; }
.arsim-lab .arsim-plan { border-collapse: collapse; font-size: 13px; margin: 6px 0; }
.arsim-lab .arsim-plan td { vertical-align: top; padding: 2px 10px 2px 0; white-space: normal; text-align: left; line-height: 1.4; }
.arsim-lab .arsim-plan td:first-child { font-weight: 600; min-width: 180px; }
</style>"""
